import { runTool } from '../run-tool.mjs'

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'types',
  summary: 'sources, tests and scripts pass the type checker together (tsconfig.test.json)',
  run: async (root) => {
    const { status, lines } = await runTool(
      '@typescript/native/bin/tsc',
      ['-p', 'tsconfig.test.json', '--pretty', 'false'],
      root,
    )
    if (status === 0) return []
    return lines.map((what) => ({
      what,
      why: 'The build leaves tests out; a test whose types are wrong tests something that cannot be written.',
      fix: 'Correct the type error.',
    }))
  },
}
