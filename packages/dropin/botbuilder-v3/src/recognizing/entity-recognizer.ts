import type { IEntity, IFindMatchResult } from '../contracts/recognizing.ts'
import { parseTimeText } from './parse-time.ts'

const YES = /^(1|y|yes|yep|sure|ok|true)(\W|$)/i
const NO = /^(2|n|no|nope|not|false)(\W|$)/i
const NUMBER = /[+-]?(?:\d+\.?\d*|\d*\.\d+)/
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** An entity with what its service made of it. */
interface ResolvedEntity extends IEntity {
  readonly resolution?: {
    readonly resolution_type?: string
    readonly start?: Date | string
    readonly date?: string
    readonly time?: string
  }
}

/** Finds values in utterances and in entities. */
export class EntityRecognizer {
  /** The first of a type, or `null`. */
  static findEntity(entities: IEntity[], type: string): IEntity {
    return EntityRecognizer.findAllEntities(entities, type)[0] ?? (null as unknown as IEntity)
  }

  static findAllEntities(entities: IEntity[], type: string): IEntity[] {
    return (entities ?? []).filter((entity) => entity.type === type)
  }

  /** The time in a text or in entities, or `null`. See {@link EntityRecognizer.recognizeTime} for what is understood. */
  static parseTime(value: string | IEntity[]): Date {
    if (Array.isArray(value)) return EntityRecognizer.resolveTime(value)
    const entity = EntityRecognizer.recognizeTime(value)
    return entity ? EntityRecognizer.resolveTime([entity]) : (null as unknown as Date)
  }

  /** The time that entities of LUIS, or of {@link EntityRecognizer.recognizeTime}, say together, or `null`. */
  static resolveTime(entities: IEntity[]): Date {
    let [date, time]: (string | undefined)[] = []
    for (const { type, resolution } of (entities ?? []) as ResolvedEntity[]) {
      if (resolution?.start) return new Date(resolution.start)
      if (type === 'builtin.datetime.date') date ??= resolution?.date
      if (type === 'builtin.datetime.time') time ??= resolution?.time
    }
    const [day, ofDay] = time?.split('T') ?? []
    const wanted = day || date
    const found = wanted && /^\d{4}-\d\d-\d\d$/.test(wanted) ? new Date(`${wanted}T${clock(ofDay)}`) : undefined
    return found && !Number.isNaN(found.getTime()) ? found : (null as unknown as Date)
  }

  /**
   * The first time in an English text, in the time zone of the host, or `null`: dates as `2020-03-04`, `3/4/2020`,
   * `March 4, 2020`; times as `17:30`, `5pm`, `noon`; `today`, `tomorrow`, `yesterday`, names of days, `in 5 minutes`,
   * `2 days ago`; and combinations.
   *
   * @param refDate - What relative times refer to. Default: now.
   */
  static recognizeTime(utterance: string, refDate: Date = new Date()): IEntity {
    const found = parseTimeText(utterance ?? '', refDate)
    if (!found) return null as unknown as IEntity
    const { text, index, start } = found
    const resolution = { resolution_type: 'chrono.duration', start, ref: refDate }
    const range = { startIndex: index, endIndex: index + text.length }
    return { type: 'chrono.duration', entity: text, ...range, resolution, score: 1 } as IEntity
  }

  /** The number in a text or in an entity of the type `builtin.number`, or `NaN`. */
  static parseNumber(value: string | IEntity[]): number {
    const text = Array.isArray(value) ? EntityRecognizer.findEntity(value, 'builtin.number')?.entity : value
    const found = NUMBER.exec(String(text ?? ''))
    if (found) return Number(found[0])
    const ordinal = ORDINALS.indexOf(
      String(text ?? '')
        .trim()
        .toLowerCase(),
    )
    return ordinal === -1 ? Number.NaN : ordinal + 1
  }

  /** `true` for yes, `false` for no, else `undefined`. */
  static parseBoolean(value: string): boolean {
    const text = (value ?? '').trim()
    if (YES.test(text)) return true
    return NO.test(text) ? false : (undefined as unknown as boolean)
  }

  /** The best of {@link EntityRecognizer.findAllMatches}, or `undefined`. */
  static findBestMatch(choices: string | object | string[], utterance: string, threshold?: number): IFindMatchResult {
    return EntityRecognizer.findAllMatches(choices, utterance, threshold).reduce<IFindMatchResult | undefined>(
      (best, match) => (!best || match.score > best.score ? match : best),
      undefined,
    ) as IFindMatchResult
  }

  /** @param threshold - Least score. Default 0.6. */
  static findAllMatches(
    choices: string | object | string[],
    utterance: string,
    threshold: number = 0.6,
  ): IFindMatchResult[] {
    const said = (utterance ?? '').trim().toLowerCase()
    return EntityRecognizer.expandChoices(choices)
      .map((entity, index) => ({ index, entity, score: similarity(entity.trim().toLowerCase(), said) }))
      .filter(({ score }) => score > threshold)
  }

  /** A list of choices: of a text with `|`, or of the keys of an object. */
  static expandChoices(choices: string | object | string[]): string[] {
    if (!choices) return []
    if (Array.isArray(choices)) return choices as string[]
    return typeof choices === 'string' ? choices.split('|') : Object.keys(choices)
  }
}

function similarity(choice: string, said: string): number {
  if (choice === '' || said === '') return 0
  if (choice === said) return 1
  if (choice.includes(said)) return said.length / choice.length
  if (said.includes(choice)) return Math.min(0.5 + choice.length / said.length, 0.9)
  const words = new Set(said.split(/\s+/))
  const matched = choice.split(/\s+/).filter((word) => words.has(word))
  return matched.join('').length / choice.length
}

/** Of `10`, `10:30` or `T10`; noon when there is none. */
function clock(time: string | undefined): string {
  const [hours = '12', minutes = '00', seconds = '00'] = (time || '12').split(':')
  return `${hours.padStart(2, '0')}:${minutes}:${seconds}`
}
