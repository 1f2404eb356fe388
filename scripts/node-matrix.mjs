import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { installNode } from './node-matrix/install-node.mjs'
import { runMatrix } from './node-matrix/run-matrix.mjs'
import { runPrograms } from './node-matrix/run-programs.mjs'
import { ensureInstalled, runScript } from './setup.mjs'

await runScript(async () => {
  ensureInstalled()
  build()
  const program = fileURLToPath(new URL('node-matrix/smoke.mjs', import.meta.url))
  const smoked = await runMatrix({ program, install: installNode })
  const ran = await runPrograms(installNode)
  return smoked || ran
})
