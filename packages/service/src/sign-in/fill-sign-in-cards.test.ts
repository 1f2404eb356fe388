import { addBot, startTogether, useTogether } from '../../test/start-together.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { Visitor } from '../../test/visitor.ts'

const together = useTogether()

const CARD = 'application/vnd.microsoft.card.oauth'

const card = (content: object, contentType = CARD): Json => ({
  contentType,
  content: { text: 'Please sign in', connectionName: 'local', ...content },
})

const signInButton = { type: 'signin', title: 'Sign in' }

/** What a client sees of a card that the bot sends. */
async function shown(attachment: Json, more: Json = {}): Promise<Json> {
  const { bot, directLine } = together
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const { status } = await bot.call('POST', `/${conversationId}/activities`, {
    type: 'message',
    attachments: [attachment],
    ...more,
  })
  expect(status).toBe(200)
  return (await client.poll(conversationId)).activities.at(-1).attachments[0]
}

test('a sign-in button without a link gets one that leads to the sign-in page', async () => {
  const extra = { custom: { kept: true } }
  const { content, ...rest } = await shown({
    ...card({ buttons: [{ ...signInButton, image: 'i' }], more: 1 }),
    ...extra,
  })
  expect(rest).toEqual({ contentType: CARD, ...extra })
  const [{ value, ...button }] = content.buttons
  expect(button).toEqual({ ...signInButton, image: 'i' })
  expect(content).toMatchObject({ text: 'Please sign in', connectionName: 'local', more: 1 })
  expect((await new Visitor().open(value)).title).toBe('Sign in for Echo')
})

test.each<[string, Json]>([
  ['has a link', card({ buttons: [{ ...signInButton, value: 'https://example.com/' }] })],
  ['has a button of another type', card({ buttons: [{ type: 'imBack', title: 'Hi' }] })],
  ['has no buttons', card({})],
  ['has buttons that are none', card({ buttons: [null, 'signin'] })],
  ['names no connection', card({ connectionName: 1, buttons: [signInButton] })],
  ['is another card', card({ buttons: [signInButton] }, 'application/vnd.microsoft.card.signin')],
  ['has no content', { contentType: CARD }],
])('a card that %s is passed on as it is', async (_, attachment) => {
  expect(await shown(attachment)).toEqual(attachment)
})

test('a card for a connection the bot does not have is passed on as it is, and the log says what to do', async () => {
  const warnings: unknown[] = []
  const logger = { debug() {}, info() {}, warn: (facts: unknown) => void warnings.push(facts), error() {} }
  const { bot, directLine } = await startTogether(undefined, { logger })
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const unknown = card({ connectionName: 'unknown', buttons: [signInButton] })
  await bot.call('POST', `/${conversationId}/activities`, { type: 'message', attachments: [unknown] })
  expect((await client.poll(conversationId)).activities.at(-1).attachments).toEqual([unknown])
  expect(warnings).toEqual([
    expect.objectContaining({
      ev: 'service.sign_in_card',
      err: expect.objectContaining({ message: expect.stringContaining('local') }),
    }),
  ])
})

test('a card that is sent before anybody but the bot takes part is passed on as it is', async () => {
  const { service, bot } = together
  const other = await addBot(service, () => {}, 'alone')
  const { body } = await other.call('POST', '', { isGroup: true, members: [] })
  const sent = card({ buttons: [signInButton] })
  const answer = await other.call('POST', `/${body.id}/activities`, { type: 'message', attachments: [sent] })
  expect(answer.status).toBe(200)
  expect(bot.received).toEqual([])
})

test('a card that replaces another gets a link too', async () => {
  const { bot, directLine } = together
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const path = `/${conversationId}/activities`
  const { body } = await bot.call('POST', path, { type: 'message', text: 'wait' })
  const attachments = [card({ buttons: [signInButton] })]
  await bot.call('PUT', `${path}/${encodeURIComponent(body.id)}`, { type: 'message', attachments })
  const { activities } = await client.poll(conversationId)
  expect(activities.at(-1).attachments[0].content.buttons[0].value).toContain('/sign-in?signin=')
})
