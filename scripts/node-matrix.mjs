import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { installNode } from './node-matrix/install-node.mjs'
import { runMatrix } from './node-matrix/run-matrix.mjs'
import { ensureInstalled, runScript } from './setup.mjs'

await runScript(() => {
  ensureInstalled()
  build()
  const program = fileURLToPath(new URL('node-matrix/smoke.mjs', import.meta.url))
  return runMatrix({ program, install: installNode })
})
