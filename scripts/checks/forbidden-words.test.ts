import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './forbidden-words.mjs'

/** Put together here, so that this file passes the check itself. */
const machinePath = ['', 'work', 'main/x'].join('/')
const registry = ['registry', 'example', 'org'].join('.')

async function findings(file: string, text: string): Promise<string[]> {
  return (await check.run(temporaryTree({ [file]: text }))).map(({ what }) => what)
}

test.each(['a.ts', 'docs/a.md', '.ci/run', 'Dockerfile', 'a/package.json'])(
  'a machine path in %s is found',
  async (file) => {
    const found = await findings(file, `first\nsee ${machinePath} there`)
    expect(found).toEqual([`${file}:2 contains '${machinePath.replace(/\/x$/, '')}'`])
  },
)

test.each([
  ['README.md', `npm from https://${registry}/`],
  ['package-lock.json', `"resolved": "https://${registry}/a.tgz"`],
  ['.npmrc', `fund=false\nregistry=https://example.org`],
  ['.npmrc', `@scope:registry = https://example.org`],
])('a registry in %s is found', async (file, text) => {
  expect(await findings(file, text)).toHaveLength(1)
})

test('URLs and relative paths with the same words are accepted', async () => {
  expect(await findings('a.md', `https://example.com${machinePath} and .${machinePath}, the registry of keys`)).toEqual(
    [],
  )
})

test('what is installed or built is not looked at', async () => {
  expect(await findings('node_modules/a/a.js', machinePath)).toEqual([])
  expect(await findings('packages/a/dist/a.js', machinePath)).toEqual([])
})
