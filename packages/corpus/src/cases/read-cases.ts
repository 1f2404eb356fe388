import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { moduleDirectory } from '../package-root.cts'
import { CorpusInvalidError } from './corpus-errors.ts'
import { listOf, object, text } from './shape.ts'
import type { Shape } from './shape.ts'

/** The folder of the data, seen from `src` as well as from `dist/esm` or `dist/cjs`. */
function corpusDirectory(): string {
  const parent = dirname(moduleDirectory)
  return join(moduleDirectory.endsWith('src') ? parent : dirname(parent), 'corpus')
}

/**
 * Reads the cases of a file and checks their shape.
 *
 * @param letters - What their ids begin with: one of these letters.
 * @throws {@link CorpusInvalidError} `TESTING_CORPUS_INVALID`: not JSON, another shape, or an id that is wrong or used twice.
 */
export function readCases<T extends { readonly id: string }>(file: string, letters: string, shape: Shape): T[] {
  const value = readJson(join(corpusDirectory(), file))
  object({ about: text, cases: listOf(shape) })(value, file)
  const { cases } = value as { cases: T[] }
  checkIds(cases, file, letters)
  return cases
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new CorpusInvalidError(`${path} cannot be read as JSON.`, { cause })
  }
}

function checkIds(cases: readonly { readonly id: string }[], file: string, letters: string): void {
  const seen = new Set<string>()
  for (const { id } of cases) {
    if (!new RegExp(`^[${letters}]\\d+[a-z]*$`).test(id))
      throw new CorpusInvalidError(`${file}: ${id} is no id of this file.`)
    if (seen.has(id)) throw new CorpusInvalidError(`${file}: ${id} is there twice.`)
    seen.add(id)
  }
}
