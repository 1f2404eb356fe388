// Takes the picture of the chat page for the documentation, docs/images/chat-page.png, from the built packages: a bot, a
// person who books a room, and the inspector with what changed. `node packages/service/scripts/picture.mjs`
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { localCloud } from '@parley/auth'
import { ActivityHandler, MessageFactory, silentLogger } from '@parley/core'
import { startService } from '@parley/service'
import { ConversationState, MemoryStorage, StateTraceMiddleware } from '@parley/state'
import { chromium } from 'playwright-core'

const file = fileURLToPath(new URL('../../../docs/images/chat-page.png', import.meta.url))
const app = { appId: '3b0e2c4e-6b1a-4a55-8f6f-0c7d1a2b3c4d', secret: 'a secret of this script alone' }

const conversationState = new ConversationState(new MemoryStorage())
const server = createServer()
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
const endpoint = `http://127.0.0.1:${port}/api/messages`
const service = await startService({
  port: 0,
  bots: [{ ...app, endpoint, name: 'Room desk' }],
  logger: silentLogger,
})
const adapter = new CloudAdapter({
  appId: app.appId,
  appPassword: app.secret,
  cloud: localCloud(service.url),
  logger: silentLogger,
})
adapter.use(new StateTraceMiddleware({ conversationState }))
server.on('request', createNodeListener(adapter, roomDesk()))
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  await takePicture(await browser.newPage({ viewport: { width: 1280, height: 760 }, deviceScaleFactor: 1.5 }))
} finally {
  await browser.close()
  await adapter.close()
  await service.close()
  server.closeAllConnections()
  server.close()
}

/** @param {import('playwright-core').Page} page */
async function takePicture(page) {
  await page.addInitScript({
    content: "sessionStorage['parley.userName'] = 'Ada'; sessionStorage['parley.channel'] = 'emulator'",
  })
  await page.goto(service.url)
  await said(page, 'I book rooms for you.')
  for (const { text, reply } of [
    { text: 'I need a room on Tuesday', reply: 'Which floor?' },
    { text: '3rd', reply: 'For how many people?' },
    { text: 'We are eight', reply: 'Done: room 304, 3rd floor.' },
  ]) {
    await page.getByRole('textbox').first().fill(text)
    await page.keyboard.press('Enter')
    await said(page, reply)
  }
  await page.getByRole('option').filter({ hasText: 'conversationState' }).last().click()
  await page.getByRole('tabpanel').waitFor()
  await page.screenshot({ path: file })
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
function said(page, text) {
  return page.locator('.webchat__bubble__content', { hasText: text }).waitFor()
}

function roomDesk() {
  const booking = conversationState.createProperty('booking')
  return new ActivityHandler()
    .onMembersAdded(async (context) => {
      const { membersAdded = [], recipient } = context.activity
      if (membersAdded.some(({ id }) => id !== recipient.id)) await context.sendActivity('Hello! I book rooms for you.')
    })
    .onMessage(async (context) => {
      const wanted = await booking.get(context, {})
      await context.sendActivity(answer(wanted, context.activity.text))
      await conversationState.saveChanges(context)
    })
}

/**
 * @param {Record<string, string>} wanted
 * @param {string} text
 */
function answer(wanted, text) {
  if (!wanted['day']) {
    Object.assign(wanted, { day: 'Tuesday', status: 'asked for' })
    return MessageFactory.suggestedActions(['1st', '2nd', '3rd'], 'Which floor?')
  }
  if (!wanted['floor']) {
    wanted['floor'] = text
    return MessageFactory.text('For how many people?')
  }
  Object.assign(wanted, { status: 'booked', room: '304' })
  return MessageFactory.text(`Done: room 304, ${wanted['floor']} floor.`)
}
