import { silentLogger } from '@parley/core'
import { startService } from '@parley/service'
import type { Service } from '@parley/service'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { EchoBotHost } from './echo-bot.ts'

/** Keeps Chromium from doing anything but showing pages. */
export const CHROMIUM_FLAGS: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Somebody at the chat page in a real browser; a service, a bot and a window of their own in every test. */
export interface ChatPageVisit {
  readonly page: Page
  readonly bot: EchoBotHost
  readonly service: Service
  /** What the browser complained of: errors of the page, and what its policy refused. */
  readonly complaints: string[]
  /** Opens the page and waits for the bot's greeting. */
  readonly open: (path?: string) => Promise<void>
  readonly send: (text: string) => Promise<void>
  /** Sends something and waits for the echo. */
  readonly say: (text: string) => Promise<void>
  readonly bubbles: (text: string) => Locator
  /** Lines of the list that hold a text. */
  readonly rows: (text: string | RegExp) => Locator
}

/** Sets up, for the tests of a file, what {@link ChatPageVisit} promises. */
export function useChatPage(executablePath: string, look: BrowserContextOptions = {}): ChatPageVisit {
  let browser: Browser
  let page: Page
  let bot: EchoBotHost
  let service: Service
  let complaints: string[]

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
  })
  afterAll(() => browser.close())

  beforeEach(async () => {
    bot = new EchoBotHost()
    await bot.reservePort()
    const { appId, secret, endpoint } = bot
    service = await startService({
      port: 0,
      bots: [{ appId, secret, endpoint, name: 'Echo' }],
      logger: silentLogger,
    })
    page = await browser.newPage(look)
    complaints = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
  })
  afterEach(async () => {
    await page.context().close()
    await service.close()
    await bot.stop()
  })

  const send = async (text: string): Promise<void> => {
    const box = page.getByRole('textbox').first()
    await box.fill(text)
    await box.press('Enter')
  }
  const bubbles = (text: string): Locator => page.locator('.webchat__bubble__content', { hasText: text })
  return {
    get page() {
      return page
    },
    get bot() {
      return bot
    },
    get service() {
      return service
    },
    get complaints() {
      return complaints
    },
    bubbles,
    rows: (text) => page.getByRole('option').filter({ hasText: text }),
    open: async (path = '') => {
      await bot.start(service.url)
      await page.goto(service.url + path)
      await bubbles('Hello and welcome!').waitFor()
    },
    send,
    say: async (text) => {
      await send(text)
      await bubbles(`Echo: ${text}`).first().waitFor()
    },
  }
}

/** By how many pixels a page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
}
