import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFiles } from './sources.mjs'

/** `<!-- example: path -->`, then the fenced block that shows the file. */
const shown = /(<!-- example: (\S+) -->\n```(\w+)\n)([\s\S]*?)(```)/g

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'examples',
  summary: 'code shown in Markdown is the type-checked example it names',
  run: (root) =>
    markdownFiles(root).flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      const missing = [...text.matchAll(shown)]
        .map(([, , path = '']) => path)
        .filter((path) => !existsSync(join(root, path)))
      const why = 'Code in a guide that is not compiled stops working without anybody noticing.'
      if (missing.length > 0) {
        return missing.map((path) => ({
          what: `${file} shows ${path}, which does not exist`,
          why,
          fix: 'Name an existing file.',
        }))
      }
      return withExamples(root, text) === text
        ? []
        : [
            {
              what: `${file} shows an example that differs from its file`,
              why,
              fix: 'node scripts/checks/examples.mjs --write',
            },
          ]
    }),
}

/**
 * The text with every example as its file has it.
 *
 * @param {string} root
 * @param {string} text
 */
export function withExamples(root, text) {
  return text.replaceAll(shown, (_all, opening, path, _language, _old, closing) => {
    return `${opening}${readFileSync(join(root, path), 'utf8').trimEnd()}\n${closing}`
  })
}

/** @param {string} root */
function markdownFiles(root) {
  return listFiles(root).filter((file) => file.endsWith('.md'))
}

if (
  process.argv[1] &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url) &&
  process.argv.includes('--write')
) {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  for (const file of markdownFiles(root)) {
    const text = readFileSync(join(root, file), 'utf8')
    writeFileSync(join(root, file), withExamples(root, text))
  }
}
