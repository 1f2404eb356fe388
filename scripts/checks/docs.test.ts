import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './docs.mjs'

async function findings(text: string, file = 'docs/guide/start.md'): Promise<string[]> {
  const root = temporaryTree({
    'package.json': { workspaces: ['packages/*', 'templates/*'], scripts: { build: '', check: '' } },
    'packages/core/package.json': { name: '@parley/core', scripts: { assets: '' } },
    'packages/core/src/turn.ts': '',
    'templates/echo/package.json': { name: 'echo', scripts: { dev: '' } },
    'README.md': '# Parley\n\n## What it *is*, and `why`\n\n## Twice\n\n## Twice\n',
    [file]: text,
  })
  return (await check.run(root)).map(({ what }) => what)
}

test.each([
  ['a link to a file', 'see [the readme](../../README.md "title")'],
  ['a link to a folder', 'see [core](../../packages/core/)'],
  ['a link to a heading', 'see [why](../../README.md#what-it-is-and-why)'],
  ['a link to a repeated heading', 'see [why](../../README.md#twice-1)'],
  ['a link to a heading of its own', '# Here\n\n[here](#here)'],
  ['a link to the web', '[web](https://example.com/x.md) <mailto:a@example.com>'],
  ['a path', 'the file `packages/core/src/turn.ts:12`'],
  ['a pattern', 'the files `packages/*/src` and `packages/<name>`'],
  ['a path in a fenced example', '```\n`packages/absent`\n[x](absent.md)\n```'],
  ['scripts of the root and the templates', '`npm run build`, `npm run dev`'],
])('%s is accepted', async (_, text) => {
  expect(await findings(text)).toEqual([])
})

test.each([
  ['a dead link', '[x](absent.md)', 'links to absent.md, which does not exist'],
  ['a dead image', '![x](img/absent.png)', 'links to img/absent.png, which does not exist'],
  ['a dead link definition', '[x]: ../absent.md', 'links to ../absent.md, which does not exist'],
  ['a dead HTML link', '<a href="absent.md">x</a>', 'links to absent.md, which does not exist'],
  [
    'a link to a missing heading',
    '[x](../../README.md#absent)',
    'links to ../../README.md#absent, and that file has no such heading',
  ],
  [
    'a path that does not exist',
    'see `packages/core/src/absent.ts`',
    'names packages/core/src/absent.ts, which does not exist',
  ],
  ['a script that does not exist', 'type `npm run absent`', 'says npm run absent, and no package.json has that script'],
  ['a script of another package', 'type `npm run assets`', 'says npm run assets, and no package.json has that script'],
])('%s is found', async (_, text, fault) => {
  expect(await findings(`\n${text}`)).toEqual([`docs/guide/start.md:2 ${fault}`])
})

test('a script in a fenced example must exist too', async () => {
  expect(await findings('```sh\nnpm run absent\n```')).toHaveLength(1)
})

test('the README of a package may name its own scripts and folders', async () => {
  expect(await findings('`scripts/assets.mjs`', 'packages/core/README.md')).toHaveLength(1)
  const root = temporaryTree({
    'package.json': { workspaces: [] },
    'packages/core/README.md': '`scripts/assets.mjs`',
    'packages/core/scripts/assets.mjs': '',
  })
  expect(await check.run(root)).toEqual([])
  expect(await findings('npm run assets', 'packages/core/README.md')).toEqual([])
})
