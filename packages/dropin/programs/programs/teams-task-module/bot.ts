import { createServer } from 'node:http'
import {
  Attachment,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  TabRequest,
  TabResponse,
  TabSubmit,
  TaskModuleRequest,
  TaskModuleResponse,
  TaskModuleTaskInfo,
  TeamsActivityHandler,
  TurnContext,
} from 'botbuilder'

type TaskId = 'CustomForm' | 'AdaptiveCard'

const settings: Record<TaskId, TaskModuleTaskInfo> = {
  CustomForm: { title: 'Custom Form', height: 'medium', width: 510, url: 'https://example.com/form' },
  AdaptiveCard: { title: 'Adaptive Card', height: 200, width: 'small' },
}

function taskCard(): Attachment {
  return CardFactory.adaptiveCard({
    type: 'AdaptiveCard',
    version: '1.0',
    body: [{ type: 'Input.Text', id: 'usertext', placeholder: 'What?' }],
    actions: [{ type: 'Action.Submit', title: 'Submit' }],
  })
}

class TaskModuleBot extends TeamsActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next): Promise<void> => {
      const buttons = Object.entries(settings).map(([id, { title }]) => ({
        type: 'invoke',
        title: title ?? id,
        value: { type: 'task/fetch', data: id },
      }))
      const card = CardFactory.heroCard('Task modules', 'Pick one', undefined, buttons)
      await context.sendActivity(MessageFactory.attachment(card))
      await next()
    })
  }

  protected override async handleTeamsTaskModuleFetch(
    _context: TurnContext,
    taskModuleRequest: TaskModuleRequest,
  ): Promise<TaskModuleResponse> {
    const id = taskModuleRequest.data.data as TaskId
    const value: TaskModuleTaskInfo = { ...settings[id] }
    if (id === 'AdaptiveCard') value.card = taskCard()
    else value.fallbackUrl = value.url
    return { task: { type: 'continue', value } }
  }

  protected override async handleTeamsTaskModuleSubmit(
    context: TurnContext,
    taskModuleRequest: TaskModuleRequest,
  ): Promise<TaskModuleResponse> {
    await context.sendActivity(MessageFactory.text(`submitted: ${JSON.stringify(taskModuleRequest.data)}`))
    return { task: { type: 'message', value: `Thanks, ${context.activity.from.name}!` } }
  }

  protected override async handleTeamsTabFetch(_context: TurnContext, tabRequest: TabRequest): Promise<TabResponse> {
    const title = tabRequest.tabContext?.tabEntityId ?? 'home'
    const card = CardFactory.adaptiveCard({ type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: title }] })
    return { tab: { type: 'continue', value: { cards: [{ card: card.content }] } } }
  }

  protected override async handleTeamsTabSubmit(_context: TurnContext, tabSubmit: TabSubmit): Promise<TabResponse> {
    return { tab: { type: 'continue', value: { cards: [{ card: { echo: tabSubmit.data } }] } } }
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const bot = new TaskModuleBot()

createServer((req, res) => {
  let text = ''
  req.setEncoding('utf8')
  req.on('data', (chunk: string) => (text += chunk))
  req.on('end', () => {
    const body: Record<string, unknown> = JSON.parse(text)
    void adapter.process(
      { body, headers: req.headers, method: req.method },
      {
        socket: res.socket,
        status: (code) => (res.statusCode = code),
        header: (name, value) => res.setHeader(name, String(value)),
        send: (answer) => res.write(JSON.stringify(answer)),
        end: () => res.end(),
      },
      (context) => bot.run(context),
    )
  })
}).listen(process.env.PORT)
