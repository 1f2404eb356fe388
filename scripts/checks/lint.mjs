import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runTool } from '../run-tool.mjs'

const folders = ['packages', 'templates', 'scripts', 'bench']

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'lint',
  summary: 'oxlint has nothing to say, with type information (.oxlintrc.json)',
  run: async (root) => {
    const present = folders.filter((folder) => existsSync(join(root, folder)))
    const { status, lines } = await runTool(
      'oxlint/bin/oxlint',
      ['--type-aware', '--deny-warnings', '--no-error-on-unmatched-pattern', '--format=unix', ...present],
      root,
    )
    if (status === 0) return []
    return lines.map((what) => ({
      what,
      why: 'Each rule stands for a mistake that was made somewhere: a lost promise, a console in a library.',
      fix: 'Correct it; a rule that is wrong for one line is switched off on that line, with the reason.',
    }))
  },
}
