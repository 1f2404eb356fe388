import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeWith } from 'test-support/parts'
import { useChatPage } from './chat-page-visit.ts'
import { temporaryFolder } from './temporary-folder.ts'

jest.setTimeout(60_000)

describeWith('browser', 'conversations of the chat page', (executablePath) => {
  const visit = useChatPage(executablePath, { viewport: { width: 1280, height: 800 } })
  const choose = async (button: string, item: string): Promise<void> => {
    await visit.page.getByRole('button', { name: button }).click()
    await visit.page.getByRole('menuitem', { name: item }).click()
  }
  const messages = (): { text: string; from: string; conversation: string; channelId: string }[] =>
    visit.bot.received
      .filter(({ type }) => type === 'message')
      .map(({ text, from, conversation, channelId }) => ({
        text,
        from: from.id,
        conversation: conversation.id,
        channelId,
      }))

  test('start over with the same user, a new one, or a chosen one on a chosen channel', async () => {
    await visit.open()
    await visit.say('one')
    for (const [item, text] of [
      ['With the same user', 'two'],
      ['With a new user', 'three'],
    ] as const) {
      await choose('Start as …', item)
      await visit.bubbles('Echo:').first().waitFor({ state: 'detached' })
      await visit.bubbles('Hello and welcome!').waitFor()
      await visit.say(text)
    }
    await choose('Start as …', 'Choose user and channel …')
    const dialog = visit.page.getByRole('dialog', { name: 'Choose user and channel' })
    await dialog.getByLabel('Id, beginning with dl_').fill('ada')
    await dialog.getByRole('button', { name: 'Start' }).click()
    await dialog.getByText('The id begins with dl_').waitFor()
    await dialog.getByLabel('Id, beginning with dl_').fill('dl_ada')
    await dialog.getByLabel('Name').fill('Ada')
    await dialog.getByLabel('Channel').selectOption('emulator')
    await dialog.getByRole('button', { name: 'Start' }).click()
    await visit.bubbles('Echo:').first().waitFor({ state: 'detached' })
    await visit.bubbles('Hello and welcome!').waitFor()
    await visit.say('four')
    const [one, two, three, four] = messages()
    expect(two?.from).toBe(one?.from)
    expect(three?.from).not.toBe(two?.from)
    expect(four).toMatchObject({ from: 'dl_ada', channelId: 'emulator' })
    expect(new Set(messages().map(({ conversation }) => conversation)).size).toBe(4)
    expect(visit.complaints).toEqual([])
  })

  test('are with the bot that is chosen', async () => {
    const { secret, endpoint } = visit.bot
    visit.service.registerBot({ appId: 'another-bot', secret, endpoint, name: 'Another' })
    await visit.open()
    await visit.page.getByRole('combobox', { name: 'Bot' }).selectOption('Another')
    await visit.page.getByRole('heading', { name: 'Another' }).waitFor()
    // The bot is not the one it is taken for, and says so.
    await visit.page.getByRole('status').filter({ hasText: 'refused' }).waitFor()
    await visit.page.getByRole('combobox', { name: 'Bot' }).selectOption('Echo')
    await visit.bubbles('Hello and welcome!').waitFor()
    await visit.page.getByRole('status').waitFor({ state: 'hidden' })
  })

  test('are opened again, with what was said in them, and deleted', async () => {
    await visit.open()
    await visit.say('first things first')
    await visit.page.getByRole('button', { name: 'New conversation' }).click()
    await visit.bubbles('Echo:').first().waitFor({ state: 'detached' })
    await visit.say('second')
    await visit.page.getByRole('button', { name: 'Conversations' }).click()
    const list = visit.page.getByRole('dialog', { name: 'Conversations' })
    await list.getByRole('button', { name: /^Echo: first things first/ }).click()
    await visit.bubbles('Echo: first things first').waitFor()
    await visit.say('and third')
    const [first, , third] = messages()
    expect(third?.conversation).toBe(first?.conversation)
    await visit.page.getByRole('button', { name: 'Conversations' }).click()
    await list.getByRole('button', { name: 'Delete Echo: second' }).click()
    await list.getByRole('button', { name: /^Echo: second/ }).waitFor({ state: 'detached' })
    expect(visit.complaints).toEqual([])
  })

  test('are saved, loaded to be read, and replayed', async () => {
    await visit.open()
    for (const text of ['one', 'two', 'three']) await visit.say(text)
    const [download] = await Promise.all([visit.page.waitForEvent('download'), choose('Transcript', 'Save')])
    expect(download.suggestedFilename()).toMatch(/^Echo-.*\.transcript$/)
    const file = join(temporaryFolder(), 'saved.transcript')
    await download.saveAs(file)
    await visit.page.getByRole('button', { name: 'New conversation' }).click()
    await visit.bubbles('Echo:').first().waitFor({ state: 'detached' })
    const [chooser] = await Promise.all([visit.page.waitForEvent('filechooser'), choose('Transcript', 'Load …')])
    await chooser.setFiles(file)
    await visit.page.getByText('read only').waitFor()
    await visit.bubbles('Echo: three').waitFor()
    expect(await visit.page.locator('.webchat__send-box').count()).toBe(0)
    const before = messages().length
    await choose('Transcript', 'Replay this conversation')
    await visit.page.getByText('All 3 were replayed.').waitFor()
    await visit.bubbles('Echo: three').waitFor()
    const replayed = messages().slice(before)
    expect(replayed.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    expect(new Set(replayed.map(({ conversation }) => conversation)).size).toBe(1)
    expect(visit.complaints).toEqual([])
  })

  test('are read when their file is dropped on the page', async () => {
    await visit.open()
    const transfer = await visit.page.evaluateHandle(`(() => {
      const transfer = new DataTransfer()
      const said = { type: 'message', text: 'from another time', from: { id: 'u', role: 'user' } }
      transfer.items.add(new File([JSON.stringify([said])], 'old.transcript'))
      return transfer
    })()`)
    await visit.page.dispatchEvent('#inspector', 'dragover', { dataTransfer: transfer })
    await visit.page.getByText('Drop a transcript to read it').waitFor()
    await visit.page.dispatchEvent('#inspector', 'drop', { dataTransfer: transfer })
    await visit.page.getByText('read only').waitFor()
    await visit.bubbles('from another time').waitFor()
  })

  test('say so when their session is no longer good, and are opened again', async () => {
    await visit.open()
    await visit.say('before')
    await visit.page.evaluate("import('/chat/bot-status.js').then(({ showConnection }) => showConnection(3))")
    const banner = visit.page.getByRole('status').filter({ hasText: 'The session has expired' })
    await banner.getByRole('button', { name: 'Open it again' }).click()
    await banner.waitFor({ state: 'hidden' })
    await visit.bubbles('Echo: before').waitFor()
    await visit.say('after')
    expect(new Set(messages().map(({ conversation }) => conversation)).size).toBe(1)
  })

  test('pause a replay where the bot fails, and go on when they are told to', async () => {
    await visit.open()
    for (const text of ['one', 'two']) await visit.say(text)
    visit.bot.failOn = 'one'
    await choose('Transcript', 'Replay this conversation')
    const replay = visit.page.getByRole('group', { name: 'Replay' })
    await replay.getByText('Paused after 1 of 2').waitFor()
    await replay.getByText('500').waitFor()
    await replay.getByRole('button', { name: 'Go on' }).click()
    await visit.bubbles('Echo: two').waitFor()
    await replay.waitFor({ state: 'hidden' })
  })

  test.each([
    ['no JSON', 'hello', /not JSON/],
    ['no transcript', '{"a":1}', /transcript/],
  ])('say what is wrong with a file that is %s', async (_, content, problem) => {
    await visit.open()
    const file = join(temporaryFolder(), 'wrong.transcript')
    await writeFile(file, content)
    const [chooser] = await Promise.all([visit.page.waitForEvent('filechooser'), choose('Transcript', 'Load …')])
    await chooser.setFiles(file)
    await visit.page.locator('.notice--bad', { hasText: problem }).waitFor()
  })
})
