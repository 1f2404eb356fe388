import { fieldsOf, listOf, textOf } from '../direct-line/wire-activity.ts'
import type { WireFields } from '../direct-line/wire-activity.ts'
import { adaptiveCardText } from './adaptive-card-text.ts'
import { addChoice } from './choice.ts'
import type { Place } from './choice.ts'
import { fileText } from './file-text.ts'
import { markdownText } from './markdown-text.ts'
import { stripControls, stripToLine } from './strip-controls.ts'
import { widthOf, wrapLine } from './text-width.ts'

const CARD = /^application\/vnd\.microsoft\.(?:teams\.)?card\.(\w+)/

type CardText = (card: WireFields, place: Place) => string[]

/** What is known of cards, by the end of their content type. */
const CARDS: Readonly<Record<string, CardText>> = {
  hero: basicCard,
  thumbnail: basicCard,
  animation: mediaCard,
  audio: mediaCard,
  video: mediaCard,
  receipt: receiptCard,
  signin: (card, place) => [...text(card['text'], place), ...buttons(card, place)],
  oauth: oauthCard,
  adaptive: adaptiveCardText,
  o365connector: (card, place) => [...heading(card, place), ...text(card['summary'] ?? card['text'], place)],
}

/** An attachment in lines that fit the terminal: a card with a line at its side, or a file with its address. */
export function attachmentText(attachment: WireFields, place: Place): string[] {
  const kind = CARD.exec(textOf(attachment['contentType']))?.[1] ?? ''
  const card = CARDS[kind.toLowerCase()]
  if (!card) return fileText(attachment, place.terminal).flatMap((line) => wrapLine(line, place.terminal.width))
  const { terminal } = place
  const inside = { ...place, terminal: { ...terminal, width: Math.max(terminal.width - 2, 10) } }
  const lines = card(fieldsOf(attachment['content']), inside).flatMap((line) => wrapLine(line, inside.terminal.width))
  return (lines.length > 0 ? lines : ['(an empty card)']).map((line) => `${terminal.paint('dim', '│')} ${line}`)
}

function basicCard(card: WireFields, place: Place): string[] {
  return [...heading(card, place), ...text(card['text'], place), ...pictures(card, place), ...buttons(card, place)]
}

function heading({ title, subtitle }: WireFields, { terminal }: Place): string[] {
  const [first, second] = [stripToLine(textOf(title)), stripToLine(textOf(subtitle))]
  return [...(first ? [terminal.paint('bold', first)] : []), ...(second ? [terminal.paint('dim', second)] : [])]
}

function text(value: unknown, { terminal }: Place): string[] {
  const shown = stripControls(textOf(value))
  return shown === '' ? [] : markdownText(shown, terminal)
}

function pictures({ images, image }: WireFields, { terminal }: Place): string[] {
  return [...listOf(images), ...(image === undefined ? [] : [fieldsOf(image)])].map((picture) =>
    terminal.link(`[image: ${stripToLine(textOf(picture['alt'])) || 'no description'}]`, textOf(picture['url'])),
  )
}

function mediaCard(card: WireFields, place: Place): string[] {
  const { terminal } = place
  const media = listOf(card['media']).map(({ url, profile }) =>
    terminal.link(`▶ ${stripToLine(textOf(profile)) || 'play'}`, textOf(url)),
  )
  const duration = stripToLine(textOf(card['duration']))
  const facts = duration === '' ? [] : [terminal.paint('dim', duration)]
  return [
    ...heading(card, place),
    ...text(card['text'], place),
    ...pictures(card, place),
    ...facts,
    ...media,
    ...buttons(card, place),
  ]
}

function receiptCard(card: WireFields, place: Place): string[] {
  const { terminal } = place
  const facts = listOf(card['facts']).map(({ key, value }) => [textOf(key), textOf(value)] as const)
  const items = listOf(card['items']).flatMap((item) => {
    const quantity = stripToLine(textOf(item['quantity']))
    const title = `${quantity && quantity !== '1' ? `${quantity} × ` : ''}${textOf(item['title'])}`
    return [
      amount(title, item['price'], place),
      ...text(item['subtitle'] ?? item['text'], place).map((line) => `  ${line}`),
    ]
  })
  const sums = (['vat', 'tax', 'total'] as const)
    .filter((name) => textOf(card[name]) !== '')
    .map((name) => amount(name === 'vat' ? 'VAT' : name === 'tax' ? 'Tax' : 'Total', card[name], place))
  const rule = terminal.paint('dim', '─'.repeat(Math.min(terminal.width, AMOUNT_WIDTH)))
  return [
    ...heading(card, place),
    ...facts.map(([key, value]) => `${stripToLine(key)} ${stripToLine(value)}`),
    ...items,
    ...(sums.length > 0 ? [rule, ...sums] : []),
    ...buttons(card, place),
  ]
}

const AMOUNT_WIDTH = 48

/** Prices stand below each other, at the right. */
function amount(title: string, price: unknown, { terminal }: Place): string {
  const [left, right] = [stripToLine(title), stripToLine(textOf(price))]
  const gap = Math.min(terminal.width, AMOUNT_WIDTH) - widthOf(left) - widthOf(right)
  return `${left}${' '.repeat(Math.max(gap, 1))}${right}`
}

function oauthCard(card: WireFields, place: Place): string[] {
  const connection = stripToLine(textOf(card['connectionName']))
  const hint = connection === '' ? [] : [place.terminal.paint('dim', `signs in with ${connection}`)]
  const shown = listOf(card['buttons']).length > 0 ? buttons(card, place) : ['(no link to sign in with)']
  return [...text(card['text'], place), ...hint, ...shown]
}

/** Buttons that open something show where it leads. */
function buttons(card: WireFields, place: Place): string[] {
  return listOf(card['buttons']).map((action) => {
    const line = addChoice(place, textOf(action['title']) || textOf(action['value']), action)
    const isLink = ['openurl', 'signin', 'downloadfile', 'showimage', 'playaudio', 'playvideo'].includes(
      textOf(action['type']).toLowerCase(),
    )
    return isLink ? `${line} ${place.terminal.link('→', textOf(action['value']))}` : line
  })
}
