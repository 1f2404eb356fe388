import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FileStorage } from '@parley/state'
import { temporaryTree } from 'test-support/temporary-tree'
import { Program } from './program.ts'

jest.setTimeout(60_000)

const describeUnix = process.platform === 'win32' ? describe.skip : describe

/** What the program says it was told, and that the old item is as it was and nothing is left over. */
async function run(limit: string, prefix: string[] = []): Promise<unknown> {
  const folder = temporaryTree({})
  await new FileStorage(folder).write({ old: { text: 'old' } })
  const program = new Program('limits.mjs', [folder, limit], {}, prefix)
  expect(await program.ended()).toBe(0)
  for (const path of [folder, join(folder, 'items')]) chmodSync(path, 0o700)

  expect(readdirSync(folder).sort()).toEqual(['items', 'staged'])
  expect(readdirSync(join(folder, 'staged'))).toEqual([])
  const items = await new FileStorage(folder).read(['old', 'first'])
  expect(items).toEqual({ old: { text: 'old', eTag: expect.any(String) } })
  return JSON.parse(program.lines[0] ?? '')
}

describeUnix('what is stored is kept', () => {
  test('when there is no space for what is to be written', async () => {
    const limited = ['sh', '-c', 'ulimit -f 16; exec "$0" "$@"']
    expect(await run('full', limited)).toEqual(['STATE_FULL', 'STATE_FULL'])
  })

  test('when the process may not write', async () => {
    expect(await run('forbidden')).toEqual(['STATE_ACCESS', 'STATE_ACCESS', 'STATE_ACCESS'])
  })
})
