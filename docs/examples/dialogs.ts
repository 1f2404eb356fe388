import { CloudAdapter } from '@parley/adapter'
import { createRestifyHandler } from '@parley/adapter/restify'
import { ActivityHandler } from '@parley/core'
import { ChoicePrompt, ComponentDialog, NumberPrompt, WaterfallDialog, runDialog } from '@parley/dialogs'
import type { DialogTurnResult, WaterfallStepContext } from '@parley/dialogs'
import { ConversationState, FileStorage } from '@parley/state'
import restify from 'restify'

class OrderDialog extends ComponentDialog {
  constructor() {
    super('order')
    this.addDialog(new ChoicePrompt('size'))
    this.addDialog(new NumberPrompt('count', async ({ recognized }) => (recognized.value ?? 0) > 0))
    this.addDialog(new WaterfallDialog('steps', [askSize, askCount, finish]))
    this.initialDialogId = 'steps'
  }
}

function askSize(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return step.prompt('size', { prompt: 'Which size?', choices: ['small', 'large'] })
}

function askCount(step: WaterfallStepContext<{ size: string }>): Promise<DialogTurnResult> {
  step.values.size = step.result.value
  return step.prompt('count', { prompt: 'How many?', retryPrompt: 'One at least, please.' })
}

async function finish(step: WaterfallStepContext<{ size: string }>): Promise<DialogTurnResult> {
  await step.context.sendActivity(`${step.result} ${step.values.size}, coming up.`)
  return step.endDialog()
}

const conversationState = new ConversationState(new FileStorage('data'))
const dialogState = conversationState.createProperty('dialogs')
const order = new OrderDialog()

const bot = new ActivityHandler().onMessage(async (context) => {
  await runDialog(order, context, dialogState, {
    onStateCorrupted: async () => void (await context.sendActivity('Let us start over.')),
  })
  await conversationState.saveChanges(context)
})

const server = restify.createServer()
server.post('/api/messages', createRestifyHandler(CloudAdapter.fromEnv(), bot))
server.listen(3978)
