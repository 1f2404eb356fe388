import { type Activity, ClaimsIdentity, type OpenValue, type TurnContext } from '@parley/core'
import { TestAdapter } from '@parley/testing'
import type { OAuthPromptSettings } from './oauth-prompt-settings.ts'
import { sendOAuthCard } from './oauth-card.ts'
import { skillCallerOf } from './skill-caller.ts'

const settings: OAuthPromptSettings = { connectionName: 'mail', title: 'Sign in', text: 'Please' }
const oAuthAppCredentials = { signRequest: async (resource: OpenValue) => resource }

type Claims = Record<string, string>
const SKILL: Claims = { ver: '1.0', aud: 'this-app', appid: 'caller-app' }

/** Runs a turn on a channel, called by what the claims say. */
async function inTurn<T>(
  template: Partial<Activity>,
  claims: Claims,
  run: (context: TurnContext) => Promise<T>,
): Promise<{ result: T; sent: Partial<Activity>[] }> {
  const adapter = new TestAdapter(undefined, template)
  Object.assign(adapter, { getSignInResource: async () => ({ signInLink: 'https://sign.in' }) })
  let result: T | undefined
  await adapter.processActivity('hi', async (context) => {
    const identity = Object.entries(claims).map(([type, value]) => ({ type, value }))
    context.turnState.set(adapter.BotIdentityKey, new ClaimsIdentity(identity, true))
    result = await run(context)
  })
  return { result: result!, sent: adapter.activeQueue }
}

async function cardOn(
  channelId: string,
  more: Partial<OAuthPromptSettings>,
  claims: Claims = {},
  serviceUrl = 'https://x.test',
): Promise<OpenValue> {
  const { sent } = await inTurn({ channelId, serviceUrl }, claims, (context) =>
    sendOAuthCard({ ...settings, ...more }, context, 'who?'),
  )
  expect(sent).toMatchObject([{ type: 'message', text: 'who?', inputHint: 'acceptingInput' }])
  return JSON.parse(JSON.stringify(sent[0]!.attachments![0]))
}

const button = (value?: string, type = 'signin'): object => ({ type, title: 'Sign in', ...(value ? { value } : {}) })
const LINK = 'https://sign.in'

test.each([
  ['test', {}, {}, button()],
  ['test', { showSignInLink: true }, {}, button(LINK)],
  ['msteams', {}, {}, button(LINK)],
  ['msteams', { showSignInLink: false }, {}, button()],
  ['emulator', {}, {}, button()],
  ['test', {}, SKILL, button(LINK)],
  ['test', { showSignInLink: false }, SKILL, button(LINK)],
  ['emulator', {}, SKILL, button(LINK, 'openUrl')],
  ['test', { oAuthAppCredentials }, {}, button(LINK)],
  ['emulator', { oAuthAppCredentials }, {}, button(LINK, 'openUrl')],
])('on %s with %j, called by %j, the button of the card is %j', async (channelId, more, claims, expected) => {
  const card = await cardOn(channelId, more, claims as Claims)
  expect(card).toEqual({
    contentType: 'application/vnd.microsoft.card.oauth',
    content: { text: 'Please', connectionName: 'mail', buttons: [expected] },
  })
})

test('a card on a streaming connection has the link', async () => {
  const card = await cardOn('directline', {}, {}, 'urn:botframework:websocket:1')
  expect(card.content.buttons).toEqual([button(LINK)])
})

test.each([['skype'], ['skypeforbusiness']])('%s gets a sign-in card', async (channelId) => {
  expect(await cardOn(channelId, {})).toEqual({
    contentType: 'application/vnd.microsoft.card.signin',
    content: { text: 'Please', buttons: [button(LINK)] },
  })
})

test('a message that has such a card is sent as it is, and no message is changed', async () => {
  const card = { contentType: 'application/vnd.microsoft.card.oauth', content: {} }
  const image = { contentType: 'image/png' }
  const messages: Partial<Activity>[] = [{ attachments: [card], inputHint: 'ignoringInput' }, { attachments: [image] }]
  const { sent } = await inTurn({}, {}, async (context) => {
    for (const message of messages) await sendOAuthCard(settings, context, message)
  })
  expect(sent).toMatchObject([
    { attachments: [card], inputHint: 'ignoringInput' },
    { attachments: [image, { content: { connectionName: 'mail' } }], inputHint: 'acceptingInput' },
  ])
  expect(messages[1]).toEqual({ attachments: [image] })
})

test('without a prompt the card comes without a text', async () => {
  const { sent } = await inTurn({}, {}, (context) => sendOAuthCard(settings, context, undefined))
  expect(sent[0]).not.toHaveProperty('text')
})

test('who polls for tokens learns how long', async () => {
  const { result } = await inTurn({}, {}, async (context) => {
    await sendOAuthCard({ ...settings, timeout: 77 }, context, 'who?')
    await sendOAuthCard({ ...settings, timeout: 99 }, context, 'who?')
    return context.turnState.get('loginTimeout')
  })
  expect(result).toBe(77)
})

test.each([
  [SKILL, 'caller-app'],
  [{ ver: '2.0', aud: 'this-app', azp: 'caller-app' }, 'caller-app'],
  [{ appid: 'AnonymousSkill' }, 'AnonymousSkill'],
  [{ ...SKILL, appid: 'this-app' }, undefined],
  [{ ...SKILL, aud: 'https://api.botframework.com' }, undefined],
  [{ ...SKILL, aud: 'https://api.botframework.us' }, undefined],
  [{ ...SKILL, ver: '3.0' }, undefined],
  [{ aud: 'this-app', appid: 'caller-app' }, undefined],
  [{}, undefined],
])('a turn with the claims %j is called by %s', async (claims, scope) => {
  const { result } = await inTurn({ serviceUrl: 'https://caller.test' }, claims as Claims, async (context) =>
    skillCallerOf(context),
  )
  expect(result).toEqual(scope ? { callerServiceUrl: 'https://caller.test', scope } : null)
})
