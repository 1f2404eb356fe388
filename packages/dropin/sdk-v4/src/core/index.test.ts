import * as core from './index.ts'

/** The values botbuilder-core itself exports, apart from those of the adapter. */
const CLASSES = `ActivityFactory ActivityHandler ActivityHandlerBase AutoSaveStateMiddleware BotAdapter BotComponent BotState
  BotStatePropertyAccessor BotStateSet BrowserLocalStorage BrowserSessionStorage CardFactory ComponentRegistration
  ConsoleTranscriptLogger ConversationState InvokeException MemoryStorage MemoryTranscriptStore MessageFactory MiddlewareSet
  NullTelemetryClient PrivateConversationState QueueStorage RegisterClassMiddleware ShowTypingMiddleware
  SkillConversationIdFactory SkillConversationIdFactoryBase SkypeMentionNormalizeMiddleware StringUtils
  TelemetryLoggerMiddleware TestAdapter TestFlow TranscriptLoggerMiddleware TurnContext TurnContextStateCollection UserState`
const FUNCTIONS = `assertBotComponent assertStoreItems calculateChangeHash getTopScoringIntent telemetryTrackDialogView
  useBotState`

const words = (text: string): string[] => text.split(/\s+/)

describe('botbuilder-core', () => {
  test.each([...words(CLASSES), ...words(FUNCTIONS)])('exports %s', (name) => {
    expect(typeof (core as Record<string, unknown>)[name]).toBe('function')
  })

  test.each<[string, unknown]>([
    ['BotCallbackHandlerKey', 'botCallbackHandler'],
    ['BotTelemetryClientKey', 'BotTelemetryClient'],
    ['OAuthLoginTimeoutKey', 'loginTimeout'],
    ['OAuthLoginTimeoutMsValue', 900000],
    ['TokenPollingSettingsKey', 'tokenPollingSettings'],
    ['sharePointTokenExchange', 'cardExtension/token'],
    ['tokenExchangeOperationName', 'signin/tokenExchange'],
    ['tokenResponseEventName', 'tokens/response'],
    ['verifyStateOperationName', 'signin/verifyState'],
    ['INVOKE_RESPONSE_KEY', expect.any(Symbol)],
    ['SkillConversationReferenceKey', expect.any(Symbol)],
    ['Severity', expect.any(Object)],
  ])('%s has its value', (name, value) => {
    expect((core as Record<string, unknown>)[name]).toEqual(value)
  })
})
