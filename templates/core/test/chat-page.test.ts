import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { CloudAdapter } from '@parley/adapter'
import { createRestifyHandler } from '@parley/adapter/restify'
import { silentLogger } from '@parley/core'
import { startService } from '@parley/service'
import type { Service } from '@parley/service'
import { ConversationState, MemoryStorage } from '@parley/state'
import { chromium } from 'playwright-core'
import type { Browser, Locator, Page } from 'playwright-core'
import restify from 'restify'
import { describeWith } from 'test-support/parts'
import { FlightBot } from '../src/bot.ts'
import { MainDialog } from '../src/dialogs/main-dialog.ts'
import { recognizer } from './conversation.ts'

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const appId = 'core-bot'
const secret = 'a secret both sides know'

const whenExactly = 'I need the day, the month and the year, for example May 3, 2027. When would you like to travel?'

jest.setTimeout(60_000)

describeWith('browser', 'the bot on the chat page', (executablePath) => {
  let browser: Browser
  let server: Server
  let service: Service
  let adapter: CloudAdapter
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
  })

  afterAll(() => browser.close())

  beforeEach(async () => {
    const host = restify.createServer()
    server = host.server as Server
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`
    service = await startService({ port: 0, bots: [{ appId, secret, endpoint, name: 'Flights' }] })
    const env = { MicrosoftAppId: appId, MicrosoftAppPassword: secret, ChannelService: service.url }
    adapter = CloudAdapter.fromEnv({ logger: silentLogger }, env)
    const conversationState = new ConversationState(new MemoryStorage())
    const bot = new FlightBot({ dialog: new MainDialog(recognizer), conversationState })
    host.post('/api/messages', createRestifyHandler(adapter, bot))
    page = await browser.newPage()
    complaints = []
    page.on('console', (message) => {
      const isComplaint = message.type() === 'error' || /content security policy/i.test(message.text())
      if (isComplaint) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
  })

  afterEach(async () => {
    await page.close()
    await service.close()
    await adapter.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  const bubbles = (text?: string): Locator =>
    page.locator('.webchat__bubble__content', text === undefined ? {} : { hasText: text })

  async function say(text: string): Promise<void> {
    const box = page.getByRole('textbox').first()
    await box.fill(text)
    await box.press('Enter')
  }

  async function shot(name: string): Promise<void> {
    const folder = process.env['PARLEY_SCREENSHOTS']
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  }

  test('a flight is booked in a chat that is interrupted and corrected, and no bubble comes twice', async () => {
    await page.setViewportSize({ width: 800, height: 1400 })
    await page.goto(service.url)
    await bubbles('What can I do for you?').waitFor()
    await page.locator('.ac-adaptiveCard', { hasText: 'Welcome aboard' }).waitFor()
    await shot('core-welcome')

    await say('Book a flight from Paris to Berlin on May 3')
    await bubbles(whenExactly).waitFor()
    await say('help')
    await bubbles(whenExactly).nth(1).waitFor()
    await say('May 3, 2027')
    await bubbles('You fly from Paris to Berlin on 2027-05-03. Is this right?').waitFor()
    await shot('core-confirmation')
    await say('no')
    await bubbles('What should be different?').waitFor()
    await say('to Tokyo')
    await bubbles('You fly from Paris to Tokyo on 2027-05-03. Is this right?').waitFor()
    await page.getByRole('toolbar', { name: 'Suggested actions' }).getByRole('button', { name: 'Yes' }).click()
    await bubbles('What else can I do for you?').waitFor()

    // A doubled bubble would come a moment later.
    await page.waitForTimeout(400)
    await shot('core-booked')
    expect(await bubbles().allInnerTexts()).toEqual([
      expect.stringMatching(/^Welcome aboard\s/),
      'What can I do for you?',
      'Book a flight from Paris to Berlin on May 3',
      whenExactly,
      'help',
      'I am booking a flight for you. Answer my question, or say cancel to leave it.',
      whenExactly,
      'May 3, 2027',
      'You fly from Paris to Berlin on 2027-05-03. Is this right?',
      'no',
      'What should be different? Say, for example, to Berlin, or on May 3, 2027.',
      'to Tokyo',
      'You fly from Paris to Tokyo on 2027-05-03. Is this right?',
      'Yes',
      'You are booked from Paris to Tokyo on 2027-05-03.',
      'What else can I do for you?',
    ])
    expect(complaints).toEqual([])
  })
})
