const express = require('express')
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  InvokeException,
} = require('botbuilder')

const towns = ['Aachen', 'Berlin', 'Bern', 'Bonn', 'Zug']

class TypeaheadBot extends ActivityHandler {
  async onSearchInvoke(context, invokeValue) {
    const { queryText, queryOptions, dataset, kind } = invokeValue
    if (dataset === 'secret') throw new InvokeException(403, { why: 'not for you' })
    const found = towns.filter((town) => town.toLowerCase().startsWith(queryText.toLowerCase()))
    const { skip, top } = queryOptions
    return {
      statusCode: 200,
      type: 'application/vnd.microsoft.search.searchResponse',
      value: { results: found.slice(skip, skip + top).map((town) => ({ title: town, value: `${kind}:${town}` })) },
    }
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const bot = new TypeaheadBot()
const app = express()
app.use(express.json())
app.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, async (context) => await bot.run(context))
})
app.listen(process.env.PORT)
