import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startService } from '@parley/service'
import jwt from 'jsonwebtoken'
import { eventually } from 'test-support/eventually'
import { startTogether, stopAll, whenDone } from './start-together.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { callUserTokens, signInLink } from './user-token-calls.ts'
import { Visitor, codeOn } from './visitor.ts'

afterEach(stopAll)

const ADA = 'userId=dl_ada&connectionName=local&channelId=directline'
const MEI = { user: 'mei.tanaka@example.com', decision: 'allow' }

test('signed-in users, codes and open links outlive the service in a data folder, and neither tokens nor links are in it', async () => {
  const dataFolder = temporaryFolder()
  const first = await startTogether(undefined, { dataFolder })
  const { bot } = first
  const port = Number(new URL(first.service.url).port)
  const { token } = first.service.userTokens.signIn({ appId: bot.appId, userId: 'dl_ada' })
  const bob = { userId: 'dl_bob' }
  const visitor = new Visitor()
  const finished = await signInLink(first.service, bot, bob)
  const code = codeOn(await visitor.submit(await visitor.open(finished), MEI))
  const open = await signInLink(first.service, bot, { userId: 'dl_cleo' })
  const page = await visitor.open(open)
  await first.service.close()
  const file = readFileSync(join(dataFolder, 'service.sqlite'))
  for (const secret of [token, token.split('.')[2] ?? '', new URL(open).searchParams.get('signin') ?? '']) {
    expect(file.includes(secret)).toBe(false)
  }

  const service = await startService({ port, bots: [bot.registration], dataFolder })
  whenDone(() => service.close())
  bot.connect(service)
  // The client has to notice first that its connections to the earlier service at this address are closed.
  await eventually(async () => expect((await fetch(service.url)).status).toBe(200))
  const kept = await callUserTokens(service, bot, `usertoken/GetToken?${ADA}`)
  expect(kept.body.token).toBe(token)
  const headers = { Authorization: `Bearer ${token}` }
  expect((await fetch(`${service.url}/users/v2.0/userinfo`, { headers })).status).toBe(200)
  const redeemed = await callUserTokens(
    service,
    bot,
    `usertoken/GetToken?${ADA.replace('dl_ada', 'dl_bob')}&code=${code}`,
  )
  expect(jwt.decode(redeemed.body.token)).toMatchObject({ upn: MEI.user })
  expect((await visitor.open(finished)).status).toBe(410)
  expect(codeOn(await visitor.submit(page, MEI))).toMatch(/^\d{6}$/)
})
