import { describeWith } from 'test-support/parts'
import { overflowOf, useChatPage } from './chat-page-visit.ts'
import { DirectLineClient } from './direct-line-client.ts'
import { eventually } from 'test-support/eventually'

jest.setTimeout(60_000)

describeWith('browser', 'the inspector of the chat page', (executablePath) => {
  const visit = useChatPage(executablePath, { viewport: { width: 1440, height: 900 } })
  const detail = (): ReturnType<typeof visit.page.getByRole> => visit.page.getByRole('region', { name: 'Detail' })
  const tab = (name: string): ReturnType<typeof visit.page.getByRole> => detail().getByRole('tab', { name })

  test('lists a turn in the order in which it began, and shows an activity as JSON', async () => {
    await visit.open()
    await visit.say('Good morning')
    await visit.rows('message Echo: Good morning').waitFor()
    await eventually(async () => {
      const texts = await visit.page.getByRole('option').allInnerTexts()
      const lines = texts.map((text) => text.replaceAll(/\s+/g, ' '))
      const from = lines.findIndex((line) => line.includes('user message Good morning'))
      expect(lines.slice(from)).toEqual([
        expect.stringContaining('user message Good morning'),
        expect.stringMatching(/bot POST http\S+\/api\/messages 200/),
        expect.stringMatching(/bot POST \/v3\/conversations\/\S+ .*200/),
        expect.stringContaining('bot message Echo: Good morning'),
      ])
    })
    expect(await visit.page.locator('.row--head').allInnerTexts()).toContainEqual(
      expect.stringContaining('Good morning'),
    )
    await visit.rows('user message Good morning').click()
    await detail().getByText('"Good morning"').waitFor()
    expect(await detail().getByRole('heading').first().textContent()).toContain('message from user')
    expect(visit.complaints).toEqual([])
  })

  test('shows the request and its headers without the token', async () => {
    await visit.open()
    await visit.rows('/api/messages').first().click()
    await tab('Headers').click()
    const text = (await detail().textContent()) ?? ''
    expect(text).toContain('authorization')
    expect(text).not.toMatch(/ey[\w-]+\.ey/)
  })

  test('says why a token was refused, and what to do', async () => {
    await visit.bot.start(visit.service.url, 'not the secret')
    await visit.page.goto(visit.service.url)
    await visit.page.getByRole('button', { name: 'Problems' }).click()
    await visit.rows('oauth2/v2.0/token').first().click()
    await detail().getByText('MicrosoftAppPassword').first().waitFor()
  })

  test('shows what is in a token that was accepted, with readable times', async () => {
    await visit.open()
    await visit.rows('/api/messages').first().click()
    await tab('Token').click()
    await detail().getByText('The token was accepted').waitFor()
    expect(await detail().locator('.checks__mark--true').count()).toBeGreaterThan(3)
    expect(await detail().getByRole('row', { name: /^exp/ }).textContent()).toMatch(/\(in (59|60) min; \d{10}\)/)
  })

  test('shows what a turn changed in the state of the bot, and the state as it is now', async () => {
    await visit.page.addInitScript({ content: "sessionStorage['parley.channel'] = 'emulator'" })
    await visit.open()
    for (const text of ['one', 'two', 'three']) await visit.say(text)
    await visit.page.getByRole('button', { name: 'State', exact: true }).click()
    await visit.rows('conversationState 1 change').nth(2).click()
    const change = detail().locator('.change')
    await change.waitFor()
    expect((await change.innerText()).split(/\s+/)).toEqual(['/said', '−', '2', '+', '3'])
    await visit.page.getByRole('button', { name: 'State now' }).click()
    await visit.page.getByRole('dialog', { name: 'State now' }).getByText('said: 3').waitFor()
    expect(visit.complaints).toEqual([])
  })

  test('goes from a lint to its place in the activity', async () => {
    const lint = { rule: 'A2004', severity: 'warning', message: 'This is odd.', path: '/entities/0/a~1b' }
    const activity = { type: 'message', text: 'odd', entities: [{ 'a/b': 'here' }] }
    await visit.page.route('**/chat/inspector/entries/*', (route) =>
      route.fulfill({ json: { activity, lints: [lint] } }),
    )
    await visit.open()
    await visit.rows('Hello and welcome!').click()
    await tab('Lints (1)').click()
    await detail()
      .getByRole('button', { name: /A2004 warning: This is odd/ })
      .click()
    expect(await detail().locator('.json__found').allInnerTexts()).toEqual(['a/b: "here"'])
    expect(await tab('Activity').getAttribute('aria-selected')).toBe('true')
  })

  test('finds entries by filter and by words', async () => {
    await visit.open()
    await visit.say('needle')
    await visit.rows('Echo: needle').waitFor()
    await visit.page.getByRole('button', { name: 'Activities' }).click()
    expect(await visit.rows('POST').count()).toBe(0)
    await visit.page.keyboard.press('/')
    await visit.page.getByRole('searchbox').fill('echo needle')
    await visit.rows('user message needle').waitFor({ state: 'detached' })
    expect(await visit.page.getByRole('option').count()).toBe(1)
    await visit.page.getByRole('searchbox').fill('nothing has this')
    await visit.page.getByText('No entry fits the filter.').waitFor()
  })

  test('goes to the activity of a bubble that is clicked', async () => {
    await visit.open()
    await visit.say('one')
    await visit.say('two')
    await visit.rows('Echo: two').waitFor()
    await visit.bubbles('Echo: one').click()
    await detail().getByText('"Echo: one"').waitFor()
    expect(await visit.page.getByRole('option', { selected: true }).textContent()).toContain('Echo: one')
    expect(await visit.page.locator('[data-picked]').allInnerTexts()).toEqual([expect.stringContaining('Echo: one')])
  })

  test('keeps back what comes while it is paused, and forgets what it is told to forget', async () => {
    await visit.open()
    await visit.page.getByRole('button', { name: 'Pause' }).click()
    await visit.say('quietly')
    const goOn = visit.page.getByRole('button', { name: 'Go on' })
    await goOn.filter({ hasText: 'new' }).waitFor()
    expect(await visit.rows('quietly').count()).toBe(0)
    await goOn.click()
    await visit.rows('Echo: quietly').waitFor()
    await visit.page.getByRole('button', { name: 'Clear' }).click()
    await visit.rows('Echo: quietly').waitFor({ state: 'detached' })
    await visit.say('afresh')
    await visit.rows('Echo: afresh').waitFor()
  })

  test('stays where the person has scrolled to, and says how much is new', async () => {
    await visit.open()
    for (const text of ['1', '2', '3', '4', '5', '6', '7', '8']) await visit.say(text)
    await visit.rows('Echo: 8').waitFor()
    const list = visit.page.getByRole('listbox', { name: 'Entries' })
    await list.focus()
    await list.evaluate((element) => ((element as unknown as { scrollTop: number }).scrollTop = 0))
    await visit.say('unseen')
    const more = visit.page.getByRole('button', { name: /^\d+ new$/ })
    await more.waitFor()
    expect(await visit.rows('Echo: unseen').count()).toBe(0)
    await more.click()
    await visit.rows('Echo: unseen').waitFor()
    await more.waitFor({ state: 'hidden' })
  })

  test('puts 2 000 entries on screen as a screenful', async () => {
    const entry = (seq: number): string => {
      const at = new Date(1_790_000_000_000 + seq).toISOString()
      const summary = { seq, at, kind: 'http', way: 'from-bot', method: 'GET', path: `/v3/${seq}`, status: 200, ms: 1 }
      return `event: entry\nid: ${seq}\ndata: ${JSON.stringify(summary)}\n\n`
    }
    const body = `retry: 600000\n\n${Array.from({ length: 2_000 }, (_, index) => entry(index + 1)).join('')}`
    await visit.page.route('**/chat/inspector/stream**', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body }),
    )
    await visit.open()
    await visit.rows('/v3/2000').waitFor()
    expect(await visit.page.getByRole('option').count()).toBeLessThan(80)
    const list = visit.page.getByRole('listbox', { name: 'Entries' })
    await list.focus()
    await visit.page.keyboard.press('Home')
    await visit
      .rows(/\/v3\/1\b/)
      .first()
      .waitFor()
    expect(await visit.page.getByRole('option', { selected: true }).textContent()).toMatch(/\/v3\/1\b/)
  })

  test.each([
    ['markup', '<img src=x onerror="document.title=\'broken\'"><script>document.title="broken"</script>'],
    ['text from right to left', '\u202Eright to left\u202C \u0627\u0644\u0633\u0644\u0627\u0645'],
    ['a very long text', 'x'.repeat(100_000)],
  ])('shows %s as the text it is', async (_, text) => {
    await visit.open()
    const { id } = visit.bot.received.at(-1)!.conversation
    const client = new DirectLineClient(visit.service.url, visit.service.directLineSecret)
    await client.call('POST', `/conversations/${id}/activities`, {
      type: 'event',
      from: { id: 'dl_eve' },
      name: text.slice(0, 1_000),
      text,
      value: { [text.slice(0, 1_000)]: [text.slice(0, 1_000)] },
    })
    await visit.rows('user event').click()
    const shown = JSON.stringify(text.slice(0, 1_000)).slice(1, -1)
    await detail().locator('.json__string', { hasText: shown }).first().waitFor()
    expect(await visit.page.title()).toBe('Chat with Echo')
    expect(await visit.page.locator('#inspector :is(img, script)').count()).toBe(0)
    expect(await overflowOf(visit.page)).toBeLessThanOrEqual(0)
    expect(visit.complaints).toEqual([])
  })
})
