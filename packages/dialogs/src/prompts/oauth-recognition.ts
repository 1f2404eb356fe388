import {
  ActivityTypes,
  StatusCodes,
  tokenExchangeOperationName,
  tokenResponseEventName,
  verifyStateOperationName,
} from '@parley/core'
import type { Activity, OpenValue, TokenExchangeInvokeRequest, TokenResponse, TurnContext } from '@parley/core'
import type { OAuthPromptSettings } from './oauth-prompt-settings.ts'
import type { PromptRecognizerResult } from './prompt-validator.ts'
import { answerCaller, type SkillCaller } from './skill-caller.ts'
import { userTokenAccess } from './user-token-access.ts'

type Recognized = PromptRecognizerResult<TokenResponse>

// The texts of SDK v4, which clients show.
const NO_EXCHANGE_REQUEST =
  'The bot received an InvokeActivity that is missing a TokenExchangeInvokeRequest value. This is required to be sent with the InvokeActivity.'
const OTHER_CONNECTION =
  'The bot received an InvokeActivity with a TokenExchangeInvokeRequest containing a ConnectionName that does not match the ConnectionNameexpected by the bots active OAuthPrompt. Ensure these names match when sending the InvokeActivityInvalid ConnectionName in the TokenExchangeInvokeRequest'
const EXCHANGE_FAILED = 'The bot is unable to exchange token. Proceed with regular login.'

const MAGIC_CODE = /\d{6}/

/** Takes the token an activity brings, or gets it with what the activity brings; answers the activity if it is an invoke. */
export async function recognizeToken(
  context: TurnContext,
  settings: OAuthPromptSettings,
  caller: SkillCaller | null | undefined,
): Promise<Recognized> {
  const { activity } = context
  if (isTokenResponseEvent(activity)) {
    if (caller) await answerCaller(context, caller)
    return toResult(activity.value)
  }
  if (isVerifyStateInvoke(activity)) return verifyState(context, settings)
  if (isTokenExchangeInvoke(activity)) return exchangeToken(context, settings)
  const magicCode = activity.type === ActivityTypes.Message ? MAGIC_CODE.exec(activity.text ?? '')?.[0] : undefined
  return magicCode ? toResult(await userTokenAccess(context, settings).getToken(magicCode)) : { succeeded: false }
}

/** Whether an activity brings a token. */
export function isTokenResponseEvent({ type, name }: Partial<Activity>): boolean {
  return type === ActivityTypes.Event && name === tokenResponseEventName
}

/** Whether an activity brings the code of a sign-in that Teams has finished. */
export function isVerifyStateInvoke({ type, name }: Partial<Activity>): boolean {
  return type === ActivityTypes.Invoke && name === verifyStateOperationName
}

/** Whether an activity brings a token to exchange. */
export function isTokenExchangeInvoke({ type, name }: Partial<Activity>): boolean {
  return type === ActivityTypes.Invoke && name === tokenExchangeOperationName
}

async function verifyState(context: TurnContext, settings: OAuthPromptSettings): Promise<Recognized> {
  const magicCode: string | undefined = context.activity.value?.state
  try {
    const token = magicCode ? await userTokenAccess(context, settings).getToken(magicCode) : undefined
    await respond(context, token ? StatusCodes.OK : StatusCodes.NOT_FOUND)
    return toResult(token)
  } catch {
    // The client asks the user to sign in again; what failed is the token service, which the bot cannot help.
    await respond(context, StatusCodes.INTERNAL_SERVER_ERROR)
    return { succeeded: false }
  }
}

async function exchangeToken(context: TurnContext, settings: OAuthPromptSettings): Promise<Recognized> {
  const { connectionName } = settings
  const request: unknown = context.activity.value
  const refuse = async (status: number, failureDetail: string): Promise<Recognized> => {
    await respond(context, status, { id: undefined, connectionName, failureDetail })
    return { succeeded: false }
  }
  if (!isExchangeRequest(request)) return refuse(StatusCodes.BAD_REQUEST, NO_EXCHANGE_REQUEST)
  if (request.connectionName !== connectionName) return refuse(StatusCodes.BAD_REQUEST, OTHER_CONNECTION)

  const exchanged = await exchange(context, settings, request.token)
  if (!exchanged?.token) return refuse(StatusCodes.PRECONDITION_FAILED, EXCHANGE_FAILED)
  await respond(context, StatusCodes.OK, { id: request.id, connectionName, failureDetail: null })
  const { channelId, connectionName: exchangedFor, token } = exchanged
  return toResult({ channelId, connectionName: exchangedFor, token, expiration: null } as OpenValue)
}

/** An exchange that fails for whatever reason is one that gives nothing: the client then signs the user in. */
async function exchange(
  context: TurnContext,
  settings: OAuthPromptSettings,
  token: string,
): Promise<TokenResponse | undefined> {
  try {
    return await userTokenAccess(context, settings).exchange({ token })
  } catch {
    return undefined
  }
}

function isExchangeRequest(value: OpenValue): value is TokenExchangeInvokeRequest {
  return typeof value === 'object' && value !== null && 'token' in value
}

function toResult(token: TokenResponse | null | undefined): Recognized {
  return token === undefined || token === null ? { succeeded: false } : { succeeded: true, value: token }
}

async function respond(context: TurnContext, status: number, body?: object): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status, ...(body ? { body } : {}) } })
}
