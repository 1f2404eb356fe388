import type { InboundCase, InboundExpectation, InboundFamily, InboundStep, RequestSpec } from './inbound-case.ts'
import { inboundCaseShape } from './inbound-shape.ts'
import { readCases } from './read-cases.ts'

/** Files of inbound cases, by the letter the ids in them begin with. */
const FILES: readonly (readonly [InboundFamily, string])[] = [
  ['J', 'tokens.json'],
  ['B', 'bodies.json'],
  ['H', 'http.json'],
  ['R', 'replay.json'],
]

/** A case as its file has it. */
interface WrittenCase extends Omit<InboundCase, 'family' | 'steps'> {
  readonly steps?: readonly WrittenStep[]
  readonly request?: RequestSpec
  readonly expect?: WrittenExpectation
}

interface WrittenStep {
  readonly request: RequestSpec
  readonly expect: WrittenExpectation
}

/** A number: that status, and the handler runs. A status and a code: refused. */
type WrittenExpectation = number | readonly [status: number, code: string] | InboundExpectation

/**
 * The inbound cases, in the order of their files.
 *
 * @throws {@link CorpusInvalidError} `TESTING_CORPUS_INVALID`: a file is not what it must be.
 */
export function loadInboundCases(): InboundCase[] {
  return FILES.flatMap(([family, file]) =>
    readCases<WrittenCase>(file, family, inboundCaseShape).map((written) => toCase(family, written)),
  )
}

function toCase(family: InboundFamily, { request, expect, steps, ...rest }: WrittenCase): InboundCase {
  const written = steps ?? (request && expect !== undefined ? [{ request, expect }] : [])
  return { ...rest, family, steps: written.map(toStep) }
}

function toStep({ request, expect }: WrittenStep): InboundStep {
  return { request, expect: toExpectation(expect) }
}

function toExpectation(expect: WrittenExpectation): InboundExpectation {
  if (typeof expect === 'number') return { status: expect, turn: true }
  if (!Array.isArray(expect)) return expect as InboundExpectation
  const [status, code] = expect as readonly [number, string]
  return { status, code, turn: false }
}
