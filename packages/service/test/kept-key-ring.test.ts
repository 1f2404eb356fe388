import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startService } from '@parley/service'
import { startTogether, stopAll } from './start-together.ts'
import { echo } from './stand-in-bot.ts'
import { temporaryFolder } from './temporary-folder.ts'

afterEach(stopAll)

async function publishedKeys(keysFolder?: string): Promise<unknown[]> {
  const { service } = await startTogether(echo, keysFolder === undefined ? {} : { keysFolder })
  const keysOf = async (path: string): Promise<unknown> =>
    ((await (await fetch(`${service.url}${path}`)).json()) as { keys: unknown }).keys
  return Promise.all(['/v1/.well-known/keys', '/botframework.com/discovery/v2.0/keys'].map(keysOf))
}

test('keys in a folder are those of the next run, and only its owner may read them', async () => {
  const folder = join(temporaryFolder(), 'keys')
  const first = await publishedKeys(folder)
  expect(await publishedKeys(folder)).toEqual(first)
  expect(await publishedKeys()).not.toEqual(first)
  expect(readdirSync(folder).toSorted()).toEqual(['channel.pem', 'tenant.pem'])
  expect([statSync(folder), statSync(join(folder, 'channel.pem'))].map(({ mode }) => mode & 0o777)).toEqual([
    0o700, 0o600,
  ])
})

test('a folder that cannot be used is refused', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'channel.pem'), 'no key')
  const starting = startService({ port: 0, keysFolder: folder })
  await expect(starting).rejects.toMatchObject({ code: 'SERVICE_OPTION', option: 'keysFolder' })
})
