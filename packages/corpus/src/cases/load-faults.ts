import type { FaultCase, FaultFamily } from './fault-case.ts'
import { faultCaseShape } from './fault-shape.ts'
import { readCases } from './read-cases.ts'

/** Files of faults, with the letters the ids in them begin with. */
const FILES: readonly (readonly [string, string])[] = [
  ['outbound.json', 'O'],
  ['credentials.json', 'K'],
  ['keys.json', 'S'],
  ['state.json', 'Q'],
  ['turns.json', 'MTLF'],
]

/**
 * The fault cases, in the order of their files.
 *
 * @throws {@link CorpusInvalidError} `TESTING_CORPUS_INVALID`: a file is not what it must be.
 */
export function loadFaultCases(): FaultCase[] {
  return FILES.flatMap(([file, letters]) =>
    readCases<Omit<FaultCase, 'family'>>(file, letters, faultCaseShape).map((written) => ({
      ...written,
      family: written.id.slice(0, 1) as FaultFamily,
    })),
  )
}
