import { fieldsOf, listOf, textOf } from '../direct-line/wire-activity.ts'
import type { WireFields } from '../direct-line/wire-activity.ts'
import { cardInput } from './card-input.ts'
import type { CardInput } from './card-input.ts'
import { addChoice } from './choice.ts'
import type { Place } from './choice.ts'
import { inlineText, markdownText } from './markdown-text.ts'
import { stripControls, stripToLine } from './strip-controls.ts'
import { widthOf, wrapLine } from './text-width.ts'

/** A card being shown: where, and the inputs met so far, which all its actions send. */
interface CardPlace extends Place {
  readonly inputs: CardInput[]
}

/** Cards can be in cards; deeper than this they are not looked at. */
const MAX_DEPTH = 16

/** An Adaptive Card in lines: texts, facts, columns, tables, pictures, questions and actions. */
export function adaptiveCardText(card: WireFields, place: Place): string[] {
  const here: CardPlace = { ...place, inputs: [] }
  const body = listOf(card['body']).flatMap((element) => elementText(element, here, 0))
  const actions = actionsText(card['actions'], here, 0)
  const isEmpty = body.length + actions.length === 0
  return isEmpty ? paragraph(textOf(card['fallbackText']), here) : [...body, ...actions]
}

type ElementText = (element: WireFields, place: CardPlace, depth: number) => string[]

const ELEMENTS: Readonly<Record<string, ElementText>> = {
  TextBlock: textBlock,
  RichTextBlock: ({ inlines }, place) => [
    (Array.isArray(inlines) ? inlines : [])
      .map((run: unknown) => stripToLineKeepingSpaces(typeof run === 'string' ? run : textOf(fieldsOf(run)['text'])))
      .map((run) => inlineText(run, place.terminal))
      .join(''),
  ],
  FactSet: factSet,
  Image: picture,
  ImageSet: ({ images }, place) => listOf(images).flatMap((image) => picture(image, place)),
  Media: ({ sources, altText }, { terminal }) =>
    listOf(sources).map(({ url }) => terminal.link(`▶ ${stripToLine(textOf(altText)) || 'play'}`, textOf(url))),
  Container: ({ items }, place, depth) => children(items, place, depth),
  ColumnSet: columnSet,
  Column: ({ items }, place, depth) => children(items, place, depth),
  Table: table,
  ActionSet: ({ actions }, place, depth) => actionsText(actions, place, depth),
}

function elementText(element: WireFields, place: CardPlace, depth: number): string[] {
  if (element['isVisible'] === false || depth > MAX_DEPTH) return []
  const input = cardInput(element)
  if (input) {
    place.inputs.push(input)
    return [`${place.terminal.paint('yellow', '?')} ${input.question}`]
  }
  const known = ELEMENTS[textOf(element['type'])]
  if (known) return known(element, place, depth)
  const { fallback } = element
  return typeof fallback === 'object' && fallback !== null ? elementText(fieldsOf(fallback), place, depth + 1) : []
}

function children(items: unknown, place: CardPlace, depth: number): string[] {
  return listOf(items).flatMap((item) => elementText(item, place, depth + 1))
}

function textBlock(element: WireFields, place: CardPlace): string[] {
  const lines = paragraph(textOf(element['text']), place)
  const isHeading = /bolder/i.test(textOf(element['weight'])) || /large/i.test(textOf(element['size']))
  const style = isHeading || element['style'] === 'heading' ? 'bold' : element['isSubtle'] === true ? 'dim' : undefined
  return style ? lines.map((line) => place.terminal.paint(style, line)) : lines
}

function paragraph(text: string, { terminal }: Place): string[] {
  const shown = stripControls(text)
  return shown === '' ? [] : markdownText(shown, terminal)
}

function stripToLineKeepingSpaces(text: string): string {
  return stripControls(text).replaceAll('\n', ' ')
}

function factSet({ facts }: WireFields, { terminal }: CardPlace): string[] {
  const pairs = listOf(facts).map(
    ({ title, value }) => [stripToLine(textOf(title)), stripToLine(textOf(value))] as const,
  )
  const width = Math.min(Math.max(0, ...pairs.map(([title]) => widthOf(title))), Math.floor(terminal.width / 2))
  return pairs.map(([title, value]) => {
    const gap = ' '.repeat(Math.max(width - widthOf(title), 0) + 2)
    return `${terminal.paint('dim', title)}${gap}${inlineText(value, terminal)}`
  })
}

function picture({ url, altText }: WireFields, { terminal }: CardPlace): string[] {
  return [terminal.link(`[image: ${stripToLine(textOf(altText)) || 'no description'}]`, textOf(url))]
}

/** Columns stand beside each other where there is room, and otherwise below each other. */
function columnSet({ columns }: WireFields, place: CardPlace, depth: number): string[] {
  return beside(
    listOf(columns).map(
      (column) => (inside: CardPlace) => elementText({ type: 'Column', ...column }, inside, depth + 1),
    ),
    place,
  )
}

function table({ rows }: WireFields, place: CardPlace, depth: number): string[] {
  return listOf(rows).flatMap(({ cells }) =>
    beside(
      listOf(cells).map((cell) => (inside: CardPlace) => children(cell['items'], inside, depth)),
      place,
    ),
  )
}

const COLUMN_GAP = 2
const NARROWEST_COLUMN = 12
/** In a pipe lines may be endless, and columns must not be. */
const WIDEST_ROW = 120

function beside(columns: readonly ((place: CardPlace) => string[])[], place: CardPlace): string[] {
  const all = Math.min(place.terminal.width, WIDEST_ROW)
  const width = Math.floor((all - COLUMN_GAP * (columns.length - 1)) / Math.max(columns.length, 1))
  if (width < NARROWEST_COLUMN) return columns.flatMap((column) => column(place))
  const inside = { ...place, terminal: { ...place.terminal, width } }
  const blocks = columns.map((column) => column(inside).flatMap((line) => wrapLine(line, width)))
  // An address that is too long for its column would push the others away.
  if (blocks.flat().some((line) => widthOf(line) > width)) return blocks.flat()
  const height = Math.max(0, ...blocks.map((block) => block.length))
  return Array.from({ length: height }, (_, row) =>
    blocks
      .map((block) => block[row] ?? '')
      .map((line, index) =>
        index === blocks.length - 1 ? line : line + ' '.repeat(width + COLUMN_GAP - widthOf(line)),
      )
      .join('')
      .trimEnd(),
  )
}

/** Actions send the inputs of the whole card, so those are collected before any is chosen. */
function actionsText(actions: unknown, place: CardPlace, depth: number): string[] {
  if (depth > MAX_DEPTH) return []
  return listOf(actions).flatMap((action) => {
    const type = textOf(action['type'])
    const title = textOf(action['title']) || type.replace('Action.', '')
    if (type === 'Action.OpenUrl') {
      return [`${addChoice(place, title, action)} ${place.terminal.link('→', textOf(action['url']))}`]
    }
    if (type === 'Action.ShowCard') return showCard(action, title, place, depth)
    if (type !== 'Action.Submit' && type !== 'Action.Execute') return []
    const sendsInputs = action['associatedInputs'] !== 'none'
    return [addChoice(place, title, action, sendsInputs ? place.inputs : [])]
  })
}

/** A card in a card is shown at once; it sends its own inputs and those of the card around it. */
function showCard(action: WireFields, title: string, place: CardPlace, depth: number): string[] {
  const inner: CardPlace = { ...place, inputs: [...place.inputs] }
  const card = fieldsOf(action['card'])
  const lines = [...children(card['body'], inner, depth), ...actionsText(card['actions'], inner, depth + 1)]
  return [`${place.terminal.paint('dim', '▾')} ${stripToLine(title)}`, ...lines.map((line) => `  ${line}`)]
}
