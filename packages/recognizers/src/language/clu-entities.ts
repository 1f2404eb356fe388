import { collectEntities } from '../entities.ts'
import type { EntityInstance, FoundEntity, RecognizedEntities } from '../entities.ts'
import { numberOf, objectOf, objectsOf, scoreOf, textOf } from './json.ts'
import type { JsonObject } from './json.ts'

/**
 * Entities of conversational language understanding, in the shape LUIS gave: list entities are arrays of their keys, numbers are
 * numbers, what has a unit is `{ number, units }`, dates are `{ type, timex }`; resolutions without such a form come out as they
 * are, and what has none as the text.
 *
 * @see https://learn.microsoft.com/rest/api/language/analyze-conversations/analyze-conversations/analyze-conversations
 */
export function cluEntities(entities: unknown): RecognizedEntities {
  return collectEntities(objectsOf(entities).map(foundEntity))
}

function foundEntity(entity: JsonObject): FoundEntity {
  const name = textOf(entity['category'])
  const extra = objectsOf(entity['extraInformation'])
  return { name, value: valueOf(entity, extra), instance: instanceOf(entity, name, extra) }
}

function instanceOf(entity: JsonObject, type: string, extra: readonly JsonObject[]): EntityInstance {
  const startIndex = numberOf(entity['offset'])
  const place = {
    startIndex,
    endIndex: startIndex + numberOf(entity['length']),
    text: textOf(entity['text']),
    type,
    score: scoreOf(entity['confidenceScore']),
  }
  const subtype = extra.find((item) => item['extraInformationKind'] === 'EntitySubtype')
  return subtype ? { ...place, subtype: textOf(subtype['value']) } : place
}

function valueOf(entity: JsonObject, extra: readonly JsonObject[]): unknown {
  const keys = extra.filter((item) => item['extraInformationKind'] === 'ListKey').map((item) => textOf(item['key']))
  if (keys.length > 0) return keys
  const [resolution, ...others] = objectsOf(entity['resolutions'])
  if (!resolution) return textOf(entity['text'])
  return resolve(resolution, others)
}

function resolve(resolution: JsonObject, others: readonly JsonObject[]): unknown {
  const { resolutionKind: kind, value, unit, timex, dateTimeSubKind, offset, relativeTo } = resolution
  switch (kind) {
    case 'NumberResolution':
    case 'BooleanResolution':
      return value
    case 'DateTimeResolution':
      return { type: textOf(dateTimeSubKind).toLowerCase(), timex: timexOf([resolution, ...others]) }
    case 'TemporalSpanResolution':
      return timex === undefined ? resolution : { type: 'daterange', timex: timexOf([resolution, ...others]) }
    case 'OrdinalResolution':
      return { offset: Number(offset), relativeTo: textOf(relativeTo).toLowerCase() }
    default:
      return unit === undefined ? resolution : { number: value, units: unit }
  }
}

/** Readings of one date: they differ in value, and mostly not in their timex. */
function timexOf(resolutions: readonly JsonObject[]): string[] {
  return [
    ...new Set(resolutions.map((resolution) => textOf(objectOf(resolution)['timex'])).filter((timex) => timex !== '')),
  ]
}
