import { createClientSecretTokenSource, localCloud } from '@parley/auth'
import { ConversationState, UserState } from '@parley/state'
import { BotStateClient, BotStateStorage } from '@parley/storage-bot-state'

const serviceUrl = 'http://127.0.0.1:3979'
const cloud = localCloud(serviceUrl)
const tokens = createClientSecretTokenSource({ appId: 'my-bot', secret: 'a secret', cloud })

/** Reads and writes single bags, and forgets a user. */
export const bags: BotStateClient = new BotStateClient({ serviceUrl, tokens, allowLoopback: true })

/** The states of a bot in the bags in which SDK v3 kept them. */
const storage = new BotStateStorage(bags)
export const userData: UserState = new UserState(storage)
export const conversationData: ConversationState = new ConversationState(storage)
