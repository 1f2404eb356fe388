import { join } from 'node:path'
import { startService } from '@parley/service'
import type { Service } from '@parley/service'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { describeWith } from 'test-support/parts'
import { CHROMIUM_FLAGS } from './chat-page-visit.ts'
import { SignInBotHost } from './sign-in-bot.ts'

jest.setTimeout(60_000)

describeWith('browser', 'signing in from the chat page', (executablePath) => {
  let browser: Browser
  let bot: SignInBotHost
  let service: Service
  let context: BrowserContext
  let chat: Page
  let complaints: string[]

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
  })

  afterAll(() => browser.close())

  beforeEach(async () => {
    bot = new SignInBotHost()
    await bot.listen()
    service = await startService({ port: 0, bots: [bot.registration] })
    bot.connect(service.url)
    complaints = []
    context = await newContext()
    chat = await context.newPage()
  })

  afterEach(async () => {
    await context.close()
    await service.close()
    await bot.stop()
  })

  /** A browser of somebody; what it complains of is noted. */
  async function newContext(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    const created = await browser.newContext(options)
    created.on('console', (message) => {
      if (/content security policy/i.test(message.text())) complaints.push(message.text())
    })
    created.on('weberror', (error) => complaints.push(error.error().message))
    return created
  }

  const bubbles = (text: string): Locator => chat.locator('.webchat__bubble__content', { hasText: text })

  async function say(text: string): Promise<void> {
    const box = chat.getByRole('textbox').first()
    await box.fill(text)
    await box.press('Enter')
  }

  /** Web Chat may draw the card anew between the two halves of a click, which then hits nothing; people click again. */
  async function clickSignIn(): Promise<Page | undefined> {
    const opened = context.waitForEvent('page', { timeout: 10_000 }).catch(() => undefined)
    await chat.getByRole('button', { name: 'Sign in' }).last().click()
    return opened
  }

  /** Asks the bot for something and opens the page behind the button of the card. */
  async function openSignIn(text = 'hello'): Promise<Page> {
    await say(text)
    const page = (await clickSignIn()) ?? (await clickSignIn())
    if (!page) throw new Error('No page opened behind the button of the card.')
    await page.getByRole('heading', { name: 'Sign in for Porter' }).waitFor()
    return page
  }

  async function shot(page: Page, name: string): Promise<void> {
    const folder = process.env['PARLEY_SCREENSHOTS']
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  }

  const tokensReceived = (): number => bot.received.filter(({ name }) => name === 'tokens/response').length

  test.each([
    ['with the link of the service', 'hello', (url: string) => url],
    ['with a link the bot asked for', 'link', (url: string) => url],
    ['under another name of this machine', 'hello', (url: string) => url.replace('127.0.0.1', 'localhost')],
  ])('a user signs in %s, and the bot knows at once', async (_, text, addressOf) => {
    await chat.goto(addressOf(service.url))
    const page = await openSignIn(text)
    await shot(page, 'form')
    await page.getByLabel('Jonas Weber').check()
    await page.getByRole('button', { name: 'Sign in and allow' }).click()
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
    await shot(page, 'done')
    await bubbles('Hello, Jonas Weber!').waitFor()
    await shot(chat, 'chat')
    expect(tokensReceived()).toBe(1)
    await say('me again')
    await expect(bubbles('Hello, Jonas Weber!').nth(1).waitFor()).resolves.toBeUndefined()
    await say('sign out')
    await bubbles('You are signed out.').waitFor()
    await say('and now?')
    await chat.getByRole('button', { name: 'Sign in' }).nth(1).waitFor()
    expect(complaints).toEqual([])
  })

  test('somebody signs in with the keyboard alone, as a person of their own', async () => {
    await chat.goto(service.url)
    const page = await openSignIn()
    await page.getByRole('radio').first().focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Ada Example')
    await page.keyboard.press('Tab')
    await page.keyboard.type('ada@example.com')
    await shot(page, 'own')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
    await bubbles('Hello, Ada Example!').waitFor()
  })

  test('a link opened in the browser of somebody else ends with a code, which signs in who types it into the chat', async () => {
    await chat.goto(service.url)
    const here = await openSignIn()
    const phone = await newContext({ viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true })
    const page = await phone.newPage()
    await page.goto(here.url())
    const overflow = 'document.documentElement.scrollWidth - window.innerWidth'
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0)
    await shot(page, 'phone')
    await page.getByText('Mei Tanaka').tap()
    await page.getByRole('button', { name: 'Sign in and allow' }).tap()
    const code = (await page.locator('#code').textContent()) ?? ''
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0)
    await shot(page, 'code')
    await say(String((Number(code) + 1) % 1_000_000).padStart(6, '0'))
    await bubbles('That code is not right.').waitFor()
    await say(code)
    await bubbles('Hello, Mei Tanaka!').waitFor()
    expect(tokensReceived()).toBe(0)
    await phone.close()
    expect(complaints).toEqual([])
  })

  test('who denies is not signed in, and the link is used', async () => {
    await chat.goto(service.url)
    const page = await openSignIn()
    const link = page.url()
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByRole('heading', { name: 'Not signed in' }).waitFor()
    await page.goto(link)
    await page.getByRole('heading', { name: 'This link was used already' }).waitFor()
    await shot(page, 'used')
    expect(tokensReceived()).toBe(0)
  })
})
