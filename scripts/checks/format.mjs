import { runTool } from '../run-tool.mjs'

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'format',
  summary: 'every file is formatted by oxfmt',
  run: async (root) => {
    const { status, lines } = await runTool('oxfmt/bin/oxfmt', ['--list-different', '.'], root)
    if (status === 0) return []
    return lines.map((line) => ({
      what: line,
      why: 'One format for everything keeps diffs to what changed.',
      fix: 'npm run format -- <file>',
    }))
  },
}
