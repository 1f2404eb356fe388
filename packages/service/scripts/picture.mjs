// Takes the picture of the chat page for the documentation, docs/images/chat-page.png, from the built packages: a bot with
// dialogs, a person who books a room, and the inspector with what the bot sent. `node packages/service/scripts/picture.mjs`
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { localCloud } from '@parley/auth'
import { ActivityHandler, silentLogger } from '@parley/core'
import { ChoicePrompt, ComponentDialog, NumberPrompt, WaterfallDialog, runDialog } from '@parley/dialogs'
import { startService } from '@parley/service'
import { ConversationState, MemoryStorage } from '@parley/state'
import { chromium } from 'playwright-core'

const file = fileURLToPath(new URL('../../../docs/images/chat-page.png', import.meta.url))
const app = { appId: '3b0e2c4e-6b1a-4a55-8f6f-0c7d1a2b3c4d', secret: 'a secret of this script alone' }

class BookingDialog extends ComponentDialog {
  /** @param {string} id */
  constructor(id) {
    super(id)
    this.addDialog(new ChoicePrompt('floor'))
    this.addDialog(new NumberPrompt('people'))
    this.addDialog(
      new WaterfallDialog('steps', [
        (step) => step.prompt('floor', { prompt: 'Which floor?', choices: ['1st', '2nd', '3rd'] }),
        (step) => {
          step.values['floor'] = step.result.value
          return step.prompt('people', { prompt: 'For how many people?' })
        },
        async (step) => {
          await step.context.sendActivity(`Done: room 304, ${step.values['floor']} floor, for ${step.result}.`)
          return step.endDialog()
        },
      ]),
    )
    this.initialDialogId = 'steps'
  }
}

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
  for (const { text, answer } of [
    { text: 'I need a room on Tuesday', answer: 'Which floor?' },
    { text: '3rd', answer: 'For how many people?' },
    { text: '8', answer: 'Done: room 304, 3rd floor, for 8.' },
  ]) {
    await page.getByRole('textbox').first().fill(text)
    await page.keyboard.press('Enter')
    await said(page, answer)
  }
  await page.getByRole('option').filter({ hasText: 'Which floor?' }).click()
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
  const state = new ConversationState(new MemoryStorage())
  const dialogState = state.createProperty('dialogs')
  const booking = new BookingDialog('booking')
  return new ActivityHandler()
    .onMembersAdded(async (context) => {
      const { membersAdded = [], recipient } = context.activity
      if (membersAdded.some(({ id }) => id !== recipient.id)) await context.sendActivity('Hello! I book rooms for you.')
    })
    .onMessage(async (context) => {
      await runDialog(booking, context, dialogState)
      await state.saveChanges(context)
    })
}
