import { describeWith } from 'test-support/parts'
import { useChatPage } from './chat-page-visit.ts'
import { eventually } from 'test-support/eventually'

jest.setTimeout(60_000)

describeWith('browser', 'what the chat page does in the name of the channel', (executablePath) => {
  const visit = useChatPage(executablePath, { viewport: { width: 1280, height: 800 } })
  const choose = async (item: string): Promise<void> => {
    await visit.page.getByRole('button', { name: 'Channel' }).click()
    await visit.page.getByRole('menuitem', { name: item, exact: true }).click()
  }
  const received = (expected: object): Promise<void> =>
    eventually(() => expect(visit.bot.received.at(-1)).toMatchObject(expected))

  test.each([
    ['Contact added', { type: 'contactRelationUpdate', action: 'add' }],
    ['Contact removed', { type: 'contactRelationUpdate', action: 'remove' }],
    ['Installed', { type: 'installationUpdate', action: 'add' }],
    ['Uninstalled', { type: 'installationUpdate', action: 'remove' }],
    ['The user is typing', { type: 'typing' }],
    ['Delete user data', { type: 'deleteUserData' }],
    ['End of conversation', { type: 'endOfConversation' }],
  ])('%s reaches the bot', async (item, activity) => {
    await visit.open()
    await choose(item)
    await received(activity)
    await visit.page.getByText(`${item}: the bot took it`).waitFor()
    expect(visit.complaints).toEqual([])
  })

  test('a conversation that has ended has no message box, and the next one has', async () => {
    const box = visit.page.getByPlaceholder('Type your message')
    await visit.open()
    await visit.say('last words')
    await choose('End of conversation')
    await visit.page.getByText('The conversation has ended.').waitFor()
    await box.waitFor({ state: 'detached' })
    await visit.page.getByRole('button', { name: 'New conversation' }).click()
    await box.waitFor()
    expect(visit.complaints).toEqual([])
  })

  test.each([
    ['Members added …', 'membersAdded'],
    ['Members removed …', 'membersRemoved'],
  ])('%s asks who, and reaches the bot', async (item, field) => {
    await visit.open()
    await choose(item)
    const dialog = visit.page.locator('dialog')
    await dialog.getByLabel('Id').fill('dl_grace')
    await dialog.getByLabel('Name').fill('Grace')
    await dialog.getByRole('button', { name: 'Send' }).click()
    await received({ type: 'conversationUpdate', [field]: [{ id: 'dl_grace', name: 'Grace' }] })
    await dialog.waitFor({ state: 'detached' })
  })

  test.each([
    ['Reaction added …', 'reactionsAdded'],
    ['Reaction removed …', 'reactionsRemoved'],
  ])('%s asks which, and reaches the bot with what it is for', async (item, field) => {
    await visit.open()
    await visit.rows('Hello and welcome!').waitFor()
    await choose(item)
    const dialog = visit.page.locator('dialog')
    await dialog.getByLabel('Reaction').selectOption('heart')
    await dialog.getByRole('button', { name: 'Send' }).click()
    await received({ type: 'messageReaction', [field]: [{ type: 'heart' }], replyToId: expect.any(String) })
  })

  test('an activity that is written as JSON is sent as it is, and its answer shown', async () => {
    await visit.open()
    await visit.page.keyboard.press('Alt+J')
    const editor = visit.page.getByRole('textbox', { name: 'Activity as JSON' })
    await editor.fill('{"type": "event", "name": "lights", ')
    await visit.page.getByText('This is not JSON yet').waitFor()
    expect(await visit.page.getByRole('dialog').getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
    await editor.press('Control+Enter')
    await editor.fill('{"type": "event", "name": "lights", "value": {"on": true}}')
    await editor.press('Control+Enter')
    await received({ type: 'event', name: 'lights', value: { on: true } })
    await visit.page.getByRole('dialog').getByText('The bot took it').waitFor()
    expect(visit.bot.received.filter(({ type }) => type === 'event')).toHaveLength(1)
    await editor.fill('{"type": "invoke", "name": "what"}')
    await editor.press('Control+Enter')
    await visit.page.getByRole('dialog').getByText('501').first().waitFor()
    expect(visit.complaints).toEqual([])
  })

  test('an activity that was sent is sent again, changed', async () => {
    await visit.open()
    await visit.say('once')
    await visit.rows('user message once').click()
    await visit.page.getByRole('button', { name: 'Send again …' }).click()
    const editor = visit.page.getByRole('textbox', { name: 'Activity as JSON' })
    const { text, ...rest } = JSON.parse(await editor.inputValue())
    expect([text, rest.id, rest.conversation]).toEqual(['once', undefined, undefined])
    await editor.fill(JSON.stringify({ ...rest, text: 'twice' }))
    await editor.press('Control+Enter')
    await received({ type: 'message', text: 'twice' })
    await visit.page.keyboard.press('Escape')
    await visit.bubbles('Echo: twice').waitFor()
  })
})
