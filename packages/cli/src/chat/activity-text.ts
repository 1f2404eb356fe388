import { fieldsOf, listOf, textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity, WireFields } from '../direct-line/wire-activity.ts'
import { attachmentText } from './card-text.ts'
import { addChoice } from './choice.ts'
import type { Choice, Place } from './choice.ts'
import { markdownText } from './markdown-text.ts'
import { shortenTexts } from './shorten-texts.ts'
import { stripControls, stripToLine } from './strip-controls.ts'
import type { Terminal } from './terminal.ts'
import { wrapLine } from './text-width.ts'

/** What a person gets to see of an activity. */
export interface ActivityText {
  /** Styled, and no wider than the terminal but for addresses. None for what is not shown. */
  readonly lines: readonly string[]
  /** What there is to choose from now, by number: the first is 1. */
  readonly choices: readonly Choice[]
}

/**
 * Shows an activity of the bot. Nothing of it reaches the terminal that could control it.
 *
 * @param choices - What there is to choose from already; numbers go on after it.
 */
export function activityText(
  activity: WireActivity,
  terminal: Terminal,
  choices: readonly Choice[] = [],
): ActivityText {
  const place: Place = { terminal, activityId: textOf(activity['id']), choices: [...choices] }
  const lines = linesOf(shortenTexts(activity), place)
  return { lines, choices: place.choices }
}

function linesOf(activity: WireActivity, place: Place): string[] {
  const { terminal } = place
  const dim = (text: string): string[] => wrapLine(text, terminal.width).map((line) => terminal.paint('dim', line))
  const name = stripToLine(textOf(activity['name']))
  switch (activity.type) {
    case 'message':
      return messageLines(activity, place)
    case 'endOfConversation': {
      const code = stripToLine(textOf(activity['code']))
      const said = textOf(activity['text']) ? messageLines(activity, place) : []
      return [...said, ...dim(`The bot ended the conversation${code ? ` (${code})` : ''}.`)]
    }
    case 'event':
      return dim(`[event ${name || 'without a name'}${valueText(activity['value'])}]`)
    case 'handoff':
      return dim('[The conversation is handed over.]')
    case 'trace':
      return dim(`[trace ${stripToLine(textOf(activity['label'])) || name}]`)
    case 'messageReaction':
      return dim(
        `[reaction ${listOf(activity['reactionsAdded'])
          .map(({ type }) => stripToLine(textOf(type)))
          .join(', ')}]`,
      )
    case 'typing':
      return []
    default:
      return dim(`[${stripToLine(activity.type)}${name ? ` ${name}` : ''}]`)
  }
}

function messageLines(activity: WireActivity, place: Place): string[] {
  const { terminal } = place
  const text = textLines(activity, terminal)
  const attachments = listOf(activity['attachments'])
  const isCarousel = activity['attachmentLayout'] === 'carousel' && attachments.length > 1
  const cards = attachments.flatMap((attachment, index) => [
    ...(isCarousel ? [terminal.paint('dim', `${index + 1} of ${attachments.length}`)] : []),
    ...attachmentText(attachment, place),
  ])
  const suggested = listOf(fieldsOf(activity['suggestedActions'])['actions']).map((action) =>
    addChoice(place, titleOf(action), action),
  )
  const lines = [...text, ...cards, ...wrapChoices(suggested, terminal)]
  if (lines.length > 0) return lines
  const speak = stripToLine(textOf(activity['speak']).replace(/<[^<>]*>/g, ' '))
  return [terminal.paint('dim', speak ? `[spoken: ${speak}]` : '[an empty message]')]
}

/** The text of a message. Without a format it is Markdown, as clients take it. */
export function textLines({ text, textFormat }: WireFields, terminal: Terminal): string[] {
  const shown = stripControls(textOf(text)).trimEnd()
  if (shown === '') return []
  const lines =
    textFormat === 'plain'
      ? shown.split('\n')
      : textFormat === 'xml'
        ? shown
            .replace(/<br\s*\/?>/gi, '\n')
            .replace(/<[^<>]*>/g, '')
            .split('\n')
        : markdownText(shown, terminal)
  return lines.flatMap((line) => wrapLine(line, terminal.width))
}

/** Several to a line, as they are short. */
function wrapChoices(lines: readonly string[], { width }: Terminal): string[] {
  return lines.length === 0
    ? []
    : wrapLine(lines.map((line) => line.replaceAll(' ', '\u00a0')).join('  '), width).map((line) =>
        line.replaceAll('\u00a0', ' '),
      )
}

function titleOf({ title, text, value }: WireFields): string {
  return textOf(title) || textOf(text) || textOf(value)
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = stripToLine(JSON.stringify(value))
  return `: ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`
}
