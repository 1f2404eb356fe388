import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { CloudAdapter } from '@parley/adapter'
import { applyServerLimits, closeOnSignals, createRestifyHandler, refuseUpgrades } from '@parley/adapter/restify'
import { ConversationState, FileStorage } from '@parley/state'
import { pino } from 'pino'
import restify from 'restify'
import { FlightBot } from './bot.ts'
import { MainDialog } from './dialogs/main-dialog.ts'
import { recognizerFromEnv } from './language/recognizer-from-env.ts'

if (existsSync('.env')) loadEnvFile('.env')

const port = Number(process.env.PORT ?? 3978)
const logger = pino({ name: 'core-bot' })

const adapter = CloudAdapter.fromEnv({ logger })

// Gets, once it is logged, whatever nobody caught in a turn. Returning means that the person was told; throwing answers the
// channel with an error, so that it delivers again.
adapter.onTurnError = async (context) => {
  await context.sendActivity('Sorry, something went wrong on my side. Please try again.')
}

const bot = new FlightBot({
  dialog: new MainDialog(recognizerFromEnv(process.env, logger)),
  conversationState: new ConversationState(new FileStorage(process.env.BOT_DATA_FOLDER || 'data')),
  logger,
})

const server = restify.createServer({ name: 'core-bot' })
server.post('/api/messages', createRestifyHandler(adapter, bot))

server.on('error', (error: NodeJS.ErrnoException) => {
  const isBusy = error.code === 'EADDRINUSE'
  logger.fatal(
    isBusy ? `Port ${port} is in use; set PORT to a free one.` : `Cannot listen on port ${port}: ${error.message}`,
  )
  process.exit(1)
})

closeOnSignals({ server: refuseUpgrades(applyServerLimits(server.server)), adapter, logger })
server.listen(port, () => logger.info(`The bot listens on http://localhost:${port}/api/messages`))
