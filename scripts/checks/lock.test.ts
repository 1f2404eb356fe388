import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './lock.mjs'

const hashed = { version: '1.0.0', integrity: 'sha512-x' }

async function findings(packages: Record<string, unknown>): Promise<string[]> {
  const root = temporaryTree({
    'package.json': { allowScripts: { reviewed: false } },
    'package-lock.json': { packages: { '': { name: 'root' }, ...packages } },
  })
  return (await check.run(root)).map(({ what }) => what)
}

test('a complete lock is accepted', async () => {
  const found = await findings({
    'packages/core': { version: '0.1.0' },
    'node_modules/@parley/core': { resolved: 'packages/core', link: true },
    'node_modules/reviewed': { ...hashed, hasInstallScript: true },
    'node_modules/tool': { ...hashed, optionalDependencies: { 'tool-linux': '1.0.0', 'tool-win32': '1.0.0' } },
    'node_modules/tool-linux': hashed,
    'node_modules/tool/node_modules/tool-win32': hashed,
  })
  expect(found).toEqual([])
})

test.each([
  ['without a hash', { version: '1.0.0' }, 'node_modules/a has no integrity hash'],
  ['that names a host', { ...hashed, resolved: 'https://example.com/a.tgz' }, 'says where it was downloaded from'],
  ['with a new install script', { ...hashed, hasInstallScript: true }, 'a has an install script that nobody reviewed'],
  [
    'whose platform package is absent',
    { ...hashed, optionalDependencies: { 'a-arm64': '1' } },
    'a 1.0.0 asks for a-arm64',
  ],
])('an entry %s is found', async (_, entry, fault) => {
  expect(await findings({ 'node_modules/a': entry })).toEqual([expect.stringContaining(fault)])
})

test('an entry below a package is checked like one at the top', async () => {
  const found = await findings({
    'packages/core/node_modules/@scope/a': { version: '1.0.0', integrity: 'x', hasInstallScript: true },
  })
  expect(found).toEqual(['package-lock.json: @scope/a has an install script that nobody reviewed'])
})
