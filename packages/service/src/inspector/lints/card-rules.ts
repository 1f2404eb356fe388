import { isLoopbackOrigin } from '../../http/loopback.ts'
import { ACTION_TYPES } from './activity-fields.ts'
import { isObject, isText, objectsIn, when } from './lint-rule.ts'
import type { Json, LintRule } from './lint-rule.ts'

/** Something with a place in an activity. */
interface Placed {
  readonly path: string
  readonly value: Json
}

/** What is odd in attachments, cards and buttons. */
export const CARD_RULES: readonly LintRule<Json>[] = [
  {
    rule: 'P4001',
    severity: 'error',
    find: ({ attachments }) =>
      objectsIn(attachments).flatMap(([index, { contentType }]) =>
        when(!isText(contentType), 'An attachment needs a contentType.', `/attachments/${index}/contentType`),
      ),
  },
  {
    rule: 'P4002',
    severity: 'warning',
    find: (activity) =>
      picturesIn(activity).flatMap(({ path, value: { url } }) =>
        when(isRemoteHttp(url), 'Pages on https do not load it: its address begins with http.', path),
      ),
  },
  {
    rule: 'P4003',
    severity: 'info',
    find: ({ attachments }) =>
      objectsIn(attachments).flatMap(([index, { contentType }]) => {
        const isOdd = contentType === 'application/vnd.microsoft.card.flex'
        return when(isOdd, 'Flex cards are no longer shown anywhere.', `/attachments/${index}/contentType`)
      }),
  },
  buttonRule('P4004', 'warning', ({ type }) => !ACTION_TYPES.has(type), 'Clients do not know this type of button.'),
  buttonRule('P4005', 'warning', ({ type }) => type === 'payment', 'Payments are no longer taken anywhere.'),
  buttonRule(
    'P4006',
    'error',
    ({ type, value }) => type === 'call' && isText(value) && !value.startsWith('tel:'),
    'The value of a call begins with tel:.',
  ),
  buttonRule(
    'P4007',
    'error',
    ({ type, value }) =>
      ['openUrl', 'downloadFile', 'showImage'].includes(String(type)) && isText(value) && value.startsWith('data:'),
    'A button does not open data: addresses.',
  ),
  buttonRule(
    'P4008',
    'info',
    ({ type, title, value }) => type === 'imBack' && isText(title) && isText(value) && title !== value,
    'Channels differ in whether imBack says the title or the value: make them the same.',
  ),
]

function buttonRule(
  rule: string,
  severity: LintRule<Json>['severity'],
  isOdd: (button: Json) => boolean,
  message: string,
): LintRule<Json> {
  return {
    rule,
    severity,
    find: (activity) => buttonsIn(activity).flatMap(({ path, value }) => when(isOdd(value), message, path)),
  }
}

/** Buttons of the cards, and suggested actions. */
function buttonsIn({ attachments, suggestedActions }: Json): readonly Placed[] {
  const { actions } = isObject(suggestedActions) ? suggestedActions : {}
  return [
    ...cardsIn(attachments).flatMap(({ path, value: { buttons, tap } }) => [
      ...listed(buttons, `${path}/buttons`),
      ...(isObject(tap) ? [{ path: `${path}/tap`, value: tap }] : []),
    ]),
    ...listed(actions, '/suggestedActions/actions'),
  ]
}

/** Pictures of the message and of the cards. */
function picturesIn({ attachments }: Json): readonly Placed[] {
  return [
    ...objectsIn(attachments).flatMap(([index, { contentType, contentUrl }]) =>
      isText(contentType) && contentType.startsWith('image/')
        ? [{ path: `/attachments/${index}/contentUrl`, value: { url: contentUrl } }]
        : [],
    ),
    ...cardsIn(attachments).flatMap(({ path, value: { images, image } }) => [
      ...listed(images, `${path}/images`),
      ...(isObject(image) ? [{ path: `${path}/image`, value: image }] : []),
    ]),
  ]
}

function cardsIn(attachments: unknown): readonly Placed[] {
  return objectsIn(attachments).flatMap(([index, { contentType, content }]) => {
    const isCard = isText(contentType) && contentType.startsWith('application/vnd.microsoft.card.')
    return isCard && isObject(content) ? [{ path: `/attachments/${index}/content`, value: content }] : []
  })
}

function listed(value: unknown, path: string): readonly Placed[] {
  return objectsIn(value).map(([index, object]) => ({ path: `${path}/${index}`, value: object }))
}

function isRemoteHttp(url: unknown): boolean {
  if (!isText(url) || !url.startsWith('http:') || !URL.canParse(url)) return false
  return !isLoopbackOrigin(new URL(url).origin)
}
