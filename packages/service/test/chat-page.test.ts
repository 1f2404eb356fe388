import { silentLogger } from '@parley/core'
import { startService } from '@parley/service'
import type { Service, ServiceOptions } from '@parley/service'
import { chromium } from 'playwright-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { describeWith } from 'test-support/parts'
import { CHROMIUM_FLAGS } from './chat-page-visit.ts'
import { EchoBotHost } from './echo-bot.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A picture of one pixel. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

jest.setTimeout(60_000)

describeWith('browser', 'the chat page', (executablePath) => {
  let browser: Browser
  let bot: EchoBotHost
  let service: Service
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
  })

  afterAll(() => browser.close())

  beforeEach(async () => {
    bot = new EchoBotHost()
    await bot.reservePort()
    service = await startService(options())
    page = await browser.newPage()
    complaints = []
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
  })

  afterEach(async () => {
    await page.close()
    await service.close()
    await bot.stop()
  })

  function options(): ServiceOptions {
    const { appId, secret, endpoint } = bot
    return { port: 0, bots: [{ appId, secret, endpoint, name: 'Echo' }], logger: silentLogger }
  }

  const bubbles = (text: string): Locator => page.locator('.webchat__bubble__content', { hasText: text })

  async function say(text: string): Promise<void> {
    const box = page.getByRole('textbox').first()
    await box.fill(text)
    await box.press('Enter')
  }

  /** Waits for the texts and then looks again, because a doubled bubble would come a moment later. */
  async function expectOneBubbleEach(texts: string[]): Promise<void> {
    for (const text of texts) await bubbles(text).first().waitFor()
    await page.waitForTimeout(400)
    for (const text of texts) expect([text, await bubbles(text).count()]).toEqual([text, 1])
  }

  test.each([
    ['over WebSocket', ''],
    ['over polling', '/?transport=polling'],
  ])('shows welcome, message and echo once each %s', async (_, path) => {
    await bot.start(service.url)
    await page.goto(service.url + path)
    await bubbles('Hello and welcome!').waitFor()
    await say('Good morning')
    await expectOneBubbleEach(['Hello and welcome!', 'Echo: Good morning'])
    expect(await bubbles('Good morning').count()).toBe(2)
    expect(complaints).toEqual([])
  })

  test('loses and doubles nothing when the socket is cut', async () => {
    await bot.start(service.url)
    await page.goto(service.url)
    await bubbles('Hello and welcome!').waitFor()
    await say('before')
    await bubbles('Echo: before').waitFor()
    const { id } = bot.received.at(-1)!.conversation
    expect(service.cutStream(id)).toBe(true)
    await say('while cut')
    await bubbles('Echo: while cut').waitFor({ timeout: 30_000 })
    await say('after')
    await expectOneBubbleEach(['Hello and welcome!', 'Echo: before', 'Echo: while cut', 'Echo: after'])
    expect(bot.received.filter(({ type }) => type === 'message')).toHaveLength(3)
  })

  test('says that the bot is down, and greets when it is back', async () => {
    await page.goto(service.url)
    const status = page.getByRole('status').filter({ hasText: 'not running' })
    await status.waitFor()
    expect(await status.textContent()).toContain(bot.endpoint)
    await bot.start(service.url)
    await bubbles('Hello and welcome!').waitFor({ timeout: 15_000 })
    await status.waitFor({ state: 'hidden' })
    await say('Are you there?')
    await expectOneBubbleEach(['Hello and welcome!', 'Echo: Are you there?'])
  })

  test('names the password when it is wrong, and the bot logs the fix', async () => {
    await bot.start(service.url, 'not the secret')
    await page.goto(service.url)
    const status = page.getByRole('status').filter({ hasText: 'Wrong app password' })
    await status.waitFor()
    expect(await status.textContent()).toContain('MicrosoftAppPassword')
    expect(bot.warnings.filter((line) => line.includes('MicrosoftAppPassword'))).toHaveLength(1)
    expect(bot.warnings.join('\n')).not.toContain('not the secret')
  })

  test('starts over with the same person in a new conversation', async () => {
    await bot.start(service.url)
    await page.goto(service.url)
    await bubbles('Hello and welcome!').waitFor()
    await say('one')
    await bubbles('Echo: one').waitFor()
    await page.getByRole('button', { name: 'New conversation' }).click()
    await bubbles('Echo: one').waitFor({ state: 'detached' })
    await say('two')
    await expectOneBubbleEach(['Hello and welcome!', 'Echo: two'])
    const messages = bot.received.filter(({ type }) => type === 'message')
    expect(new Set(messages.map(({ conversation }) => conversation.id)).size).toBe(2)
    expect(new Set(messages.map(({ from }) => from.id)).size).toBe(1)
  })

  test.each([
    ['goes on with its conversation when the service kept it', true, ['Echo: one', 'Echo: two']],
    ['starts a new conversation when the service did not', false, ['Echo: two']],
  ])('%s and was started again', async (_, isKept, echoes) => {
    const dataFolder = isKept ? { dataFolder: temporaryFolder() } : {}
    await service.close()
    service = await startService({ ...options(), ...dataFolder })
    await bot.start(service.url)
    await page.goto(service.url)
    await bubbles('Hello and welcome!').waitFor()
    await say('one')
    await bubbles('Echo: one').waitFor()
    const port = Number(new URL(service.url).port)
    await service.close()
    await page.getByRole('status').filter({ hasText: 'The service is not running' }).waitFor()
    service = await startService({ ...options(), ...dataFolder, port })
    await page.getByRole('status').waitFor({ state: 'hidden' })
    if (!isKept) await bubbles('Echo: one').waitFor({ state: 'detached' })
    await say('two')
    await bubbles('Echo: two').waitFor({ timeout: 30_000 })
    await expectOneBubbleEach(['Hello and welcome!', ...echoes])
    const messages = bot.received.filter(({ type }) => type === 'message')
    expect(new Set(messages.map(({ conversation }) => conversation.id)).size).toBe(isKept ? 1 : 2)
  })

  test('sends a picture, which the bot can fetch and the page shows from the service', async () => {
    await bot.start(service.url)
    await page.goto(service.url)
    await bubbles('Hello and welcome!').waitFor()
    await page.locator('input[type=file]').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: DOT })
    // Web Chat reads the file first; what is said before that goes without it.
    await page.locator('.webchat__attachment-icon--checked').waitFor()
    await say('look')
    await bubbles('Echo: look').waitFor()
    const { attachments = [] } = bot.received.findLast(({ type }) => type === 'message') ?? {}
    expect(attachments).toMatchObject([{ contentType: 'image/png', name: 'dot.png' }])
    const { contentUrl = '' } = attachments[0] ?? {}
    expect(Buffer.from(await (await fetch(contentUrl)).arrayBuffer())).toEqual(DOT)
    // What another page sees of it comes from the service alone.
    const picture = page.locator(`img[src^="${service.url}/v3/attachments/"]`).first()
    await picture.waitFor()
    expect(
      await picture.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(0)
    expect(complaints).toEqual([])
  })

  test('fits a phone', async () => {
    await bot.start(service.url)
    await page.setViewportSize({ width: 360, height: 640 })
    await page.goto(service.url)
    await bubbles('Hello and welcome!').waitFor()
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
    expect(overflow).toBeLessThanOrEqual(0)
  })
})
