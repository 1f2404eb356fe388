import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryTree } from 'test-support/temporary-tree'
import { eventually } from 'test-support/eventually'
import { openBrowser } from './open-browser.ts'

test.each([
  ['linux', 'xdg-open', 'http://127.0.0.1:3979'],
  ['darwin', 'open', 'http://127.0.0.1:3979'],
  ['win32', 'cmd', '/c start  http://127.0.0.1:3979'],
] as const)('on %s the page is handed to %s', async (platform, program, expected) => {
  const bin = temporaryTree({ [program]: '#!/bin/sh\nprintf "%s" "$*" > "$OPENED"\n' })
  chmodSync(join(bin, program), 0o755)
  const OPENED = join(bin, 'opened')
  expect(await openBrowser('http://127.0.0.1:3979', { PATH: `${bin}:/bin`, OPENED }, platform)).toBeUndefined()
  await eventually(() => expect(readFileSync(OPENED, 'utf8')).toBe(expected))
})

test('what is not there is told by name', async () => {
  expect(await openBrowser('http://127.0.0.1:3979', { PATH: '/nowhere' }, 'linux')).toBe('xdg-open: ENOENT')
})
