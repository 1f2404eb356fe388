import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { describeWith } from 'test-support/parts'
import { CHROMIUM_FLAGS } from './chat-page-visit.ts'
import { eventually } from 'test-support/eventually'
import { echo } from './stand-in-bot.ts'
import type { Json } from './stand-in-bot.ts'
import { useTogether } from './start-together.ts'

jest.setTimeout(60_000)

/** A name that leads to this machine in the browser of the test alone. */
const SITE = 'site.example'

describeWith('browser', "Web Chat on somebody else's page", (executablePath) => {
  const together = useTogether(echo)
  let browser: Browser
  let site: Server
  let page: Page

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: [...CHROMIUM_FLAGS, `--host-resolver-rules=MAP ${SITE} 127.0.0.1`],
    })
    const bundle = Buffer.from(await (await fetch(`${together.service.url}/chat/webchat.js`)).arrayBuffer())
    site = createServer(({ url }, response) => {
      const isBundle = url === '/webchat.js'
      response.setHeader('Content-Type', isBundle ? 'text/javascript' : 'text/html')
      response.end(isBundle ? bundle : HTML)
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  })

  afterAll(async () => {
    await browser.close()
    site.closeAllConnections()
    await new Promise((resolve) => site.close(resolve))
  })

  beforeEach(async () => {
    page = await browser.newPage()
  })

  afterEach(() => page.close())

  const bubbles = (text: string): Locator => page.locator('.webchat__bubble__content', { hasText: text })
  const originOf = (host: string): string => `http://${host}:${(site.address() as AddressInfo).port}`

  async function open(host: string, options: Json): Promise<void> {
    const domain = `${together.service.url}/v3/directline`
    const query = new URLSearchParams({ options: JSON.stringify({ domain, ...options }) })
    await page.goto(`${originOf(host)}/?${query.toString()}`)
  }

  const tokenFor = async (body: Json): Promise<string> =>
    (await together.directLine.call('POST', '/tokens/generate', body)).body.token

  async function talk(): Promise<void> {
    const box = page.getByRole('textbox').first()
    await box.fill('Good morning')
    await box.press('Enter')
    await bubbles('Echo: Good morning').waitFor()
    // One that is doubled would come a moment later.
    await page.waitForTimeout(400)
    expect(await bubbles('Good morning').count()).toBe(2)
  }

  test.each([
    ['WebSocket', 'the secret', true],
    ['WebSocket', 'a token', true],
    ['polling', 'the secret', false],
    ['polling', 'a token', false],
  ])('talks over %s with %s', async (_transport, credential, webSocket) => {
    const { service } = together
    const given =
      credential === 'a token'
        ? { token: await tokenFor({ user: { id: 'dl_ada' } }) }
        : { secret: service.directLineSecret }
    await open('localhost', { ...given, webSocket })
    await talk()
    expect(together.bot.received.at(-1)).toMatchObject({ type: 'message', text: 'Good morning' })
  })

  test('sends a file, which the page then shows', async () => {
    await open('localhost', { token: await tokenFor({ user: { id: 'dl_ada' } }) })
    await page.getByRole('textbox').first().waitFor()
    await page.setInputFiles('input[type=file]', {
      name: 'a.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('hello'),
    })
    await page.getByRole('button', { name: 'Send' }).first().click()
    await page.getByText('a.txt').first().waitFor()
    const files = (): Json[] => together.bot.received.flatMap(({ attachments = [] }) => attachments)
    await eventually(() => expect(files()).toHaveLength(1))
    const [attachment] = files()
    expect(await (await fetch(attachment.contentUrl)).text()).toBe('hello')
  })

  test('of a site that is not trusted is kept out, and let in by a token that names it', async () => {
    const refused = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/conversations'))
    await open(SITE, { token: await tokenFor({ user: { id: 'dl_ada' } }) })
    await refused
    expect(together.bot.received).toEqual([])

    const trustedOrigins = [originOf(SITE)]
    for (const webSocket of [true, false]) {
      await open(SITE, { token: await tokenFor({ user: { id: 'dl_ada' }, trustedOrigins }), webSocket })
      await talk()
    }
  })
})

const HTML = `<!doctype html><html><body><div id="chat" style="height: 600px"></div>
<script src="/webchat.js"></script>
<script>
  const options = JSON.parse(new URLSearchParams(location.search).get('options'))
  const directLine = WebChat.createDirectLine({ pollingInterval: 200, ...options })
  WebChat.renderWebChat({ directLine, userID: 'dl_ada' }, document.getElementById('chat'))
</script></body></html>`
