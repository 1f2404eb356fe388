const express = require('express')
const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder')

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) =>
  adapter.process(req, res, async (context) => {
    const { activity } = context
    const dates = Object.keys(activity).filter((key) => activity[key] instanceof Date)
    await context.sendActivity({
      type: 'event',
      name: 'arrived',
      value: { activity: JSON.parse(JSON.stringify(activity)), dates },
    })
    await context.sendActivity({
      type: 'message',
      text: '',
      timestamp: new Date(Date.UTC(2026, 0, 2)),
      localTimestamp: new Date(Date.UTC(2026, 0, 2, 3)),
      expiration: new Date(Date.UTC(2026, 0, 3)),
      textFormat: 'markdown',
      importance: 'high',
      summary: null,
      value: { nested: { when: new Date(0), none: undefined, nothing: null } },
      attachments: [],
      membersAdded: undefined,
      semanticAction: { id: 's', state: 'start', entities: {} },
      textHighlights: [{ text: 'x', occurrence: 1 }],
      listenFor: ['a'],
      suggestedActions: { actions: [{ type: 'imBack', title: 'A', value: 'a', channelData: { x: 1 } }], to: [] },
    })
  }),
)
app.listen(process.env.PORT)
