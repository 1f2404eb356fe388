import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CluRecognizer, LocalRecognizer } from '@parley/recognizers'
import { play } from '../../test/conversation.ts'
import { MainDialog } from '../dialogs/main-dialog.ts'
import { recognizerFromEnv } from './recognizer-from-env.ts'

const settings = { CLU_KEY: 'key', CLU_PROJECT: 'flights', CLU_DEPLOYMENT: 'production' }

test.each([
  ['nothing is set', {}],
  ['the variables are blank', { CLU_ENDPOINT: ' ', CLU_KEY: '', CLU_PROJECT: '', CLU_DEPLOYMENT: '' }],
])('the bot understands by itself when %s', (_, env) => {
  expect(recognizerFromEnv(env)).toBeInstanceOf(LocalRecognizer)
})

test('the bot asks the service when all variables are set', () => {
  const env = { ...settings, CLU_ENDPOINT: 'https://flights.cognitiveservices.azure.com' }
  expect(recognizerFromEnv(env)).toBeInstanceOf(CluRecognizer)
})

test('a forgotten variable is named', () => {
  expect(() => recognizerFromEnv(settings)).toThrow('Set CLU_ENDPOINT too, or no variable CLU_… at all.')
})

describe('with the service', () => {
  let server: Server

  beforeEach(async () => {
    server = createServer((request, response) => {
      request.resume()
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })

  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  test('lists, learned entities and dates of the service make a booking', async () => {
    const { port } = server.address() as AddressInfo
    const recognizer = recognizerFromEnv({ ...settings, CLU_ENDPOINT: `http://127.0.0.1:${port}` })
    await play(new MainDialog(recognizer), [
      [
        'to berlin town from Atlantis on May 3, 2027',
        'I have no flights to or from Atlantis.',
        'Where do you leave from?',
      ],
      ['Paris', 'You fly from Paris to Berlin on 2027-05-03. Is this right? (1) Yes or (2) No'],
    ])
  })
})

const answer = {
  kind: 'ConversationResult',
  result: {
    query: 'to berlin town from Atlantis on May 3, 2027',
    prediction: {
      topIntent: 'BookFlight',
      projectKind: 'Conversation',
      intents: [{ category: 'BookFlight', confidenceScore: 0.9 }],
      entities: [
        {
          category: 'To',
          text: 'berlin town',
          offset: 3,
          length: 11,
          confidenceScore: 1,
          extraInformation: [{ extraInformationKind: 'ListKey', key: 'Berlin' }],
        },
        { category: 'From', text: 'Atlantis', offset: 20, length: 8, confidenceScore: 0.8 },
        { category: 'TravelDate', text: 'May 3, 2027', offset: 32, length: 11, confidenceScore: 0.9 },
      ],
    },
  },
}
