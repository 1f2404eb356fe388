import { ACTIVITY_TYPES, ENUMERATIONS } from './activity-fields.ts'
import { isText, objectsIn, when } from './lint-rule.ts'
import type { Json, LintRule } from './lint-rule.ts'

const TIMES = ['timestamp', 'localTimestamp', 'expiration'] as const

/** What is odd in what a bot says. */
export const ACTIVITY_RULES: readonly LintRule<Json>[] = [
  {
    rule: 'A3011',
    severity: 'info',
    find: ({ textFormat }) => when(textFormat === 'plain', 'textFormat plain may be left out.', '/textFormat'),
  },
  {
    rule: 'A6103',
    severity: 'warning',
    find: ({ type, recipient }) =>
      when(type === 'suggestion' && !recipient, 'A suggestion is for one person: it needs a recipient.', '/recipient'),
  },
  {
    rule: 'A9246',
    severity: 'warning',
    find: ({ entities }) =>
      when(
        objectsIn(entities).filter(([, { type }]) => type === 'streaminfo').length > 1,
        'There is more than one streaminfo, so all of them are ignored.',
        '/entities',
      ),
  },
  {
    rule: 'P3001',
    severity: 'warning',
    find: ({ type }) => when(!ACTIVITY_TYPES.has(type), `No channel knows the type ${String(type)}.`, '/type'),
  },
  {
    rule: 'P3002',
    severity: 'error',
    find: ({ type }) =>
      when(type === 'invokeResponse', 'invokeResponse is the answer of a turn, and never sent.', '/type'),
  },
  {
    rule: 'P3003',
    severity: 'error',
    find: ({ type, name }) => when(type === 'event' && !isText(name), 'An event needs a name.', '/name'),
  },
  {
    rule: 'P3004',
    severity: 'info',
    find: ({ type, code }) =>
      when(type === 'endOfConversation' && !code, 'endOfConversation does not say with code why it ends.', '/code'),
  },
  {
    rule: 'P3005',
    severity: 'warning',
    find: (activity) =>
      TIMES.flatMap((name) => {
        const value = activity[name]
        const isOdd = isText(value) && Number.isNaN(Date.parse(value))
        return when(isOdd, `${name} is no time in ISO 8601.`, `/${name}`)
      }),
  },
  {
    rule: 'P3006',
    severity: 'warning',
    find: (activity) =>
      ENUMERATIONS.flatMap(([name, values]) => {
        const value = activity[name]
        const isOdd = isText(value) && !values.includes(value)
        return when(isOdd, `${name} is ${String(value)}; channels know ${values.join(', ')}.`, `/${name}`)
      }),
  },
  {
    rule: 'P3007',
    severity: 'info',
    find: ({ deliveryMode }) =>
      when(deliveryMode === 'notification', 'deliveryMode notification is no longer used.', '/deliveryMode'),
  },
  {
    rule: 'P3008',
    severity: 'info',
    find: ({ suggestedActions }) => {
      const { to, actions } = (suggestedActions ?? {}) as Json
      const isOdd = Array.isArray(actions) && actions.length > 0 && !Array.isArray(to)
      return when(
        isOdd,
        'suggestedActions does not say with to whom they are for; some clients insist.',
        '/suggestedActions',
      )
    },
  },
  {
    rule: 'P3009',
    severity: 'warning',
    find: ({ speak }) =>
      when(isText(speak) && isBrokenSsml(speak), 'speak is neither text nor SSML: escape < and &.', '/speak'),
  },
]

function isBrokenSsml(speak: string): boolean {
  const hasBareAmpersand = /&(?!(?:#\d+|#x[\da-f]+|\w+);)/i.test(speak)
  const isSsml = /^\s*(?:<\?xml[^>]*>\s*)?<speak[\s>]/.test(speak)
  return isSsml ? hasBareAmpersand : speak.includes('<')
}
