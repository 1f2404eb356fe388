import type { ClaimsIdentity, OpenValue, TurnContext } from '@parley/core'

/** Whom tokens are for that go to channels, in the public and in the US government cloud. */
const CHANNEL_AUDIENCES = new Set<unknown>(['https://api.botframework.com', 'https://api.botframework.us'])
/** Whom tokens are for that come from channels. */
const FROM_CHANNEL = 'https://api.botframework.com'
const ANONYMOUS_SKILL = 'AnonymousSkill'

/** Whether this turn comes from the bot that called this one as a skill, and not from a skill of this bot. */
export function isFromParentToSkill(context: TurnContext): boolean {
  return !skillReference(context) && isSkillCall(context)
}

/** Whether this bot is a skill in this turn, so that the bot that called it waits for the end of the conversation. */
export function hasWaitingParent(context: TurnContext): boolean {
  if (!isSkillCall(context)) return false
  const reference = skillReference(context)
  return !reference || !CHANNEL_AUDIENCES.has(reference.oAuthScope)
}

/** Whether a bot sent this, or a skill of this one, as proven by its token: it is for another bot than its holder. */
export function isSkillCall({ adapter, turnState }: TurnContext): boolean {
  const identity = turnState.get<ClaimsIdentity | undefined>(adapter.BotIdentityKey)
  const claim = (type: string): string | undefined => identity?.claims.find((one) => one.type === type)?.value
  if (!identity) return false
  if (claim('appid') === ANONYMOUS_SKILL) return true
  const version = claim('ver')
  const audience = claim('aud')
  const caller = version === '2.0' ? claim('azp') : claim('appid')
  return Boolean(version && audience && audience !== FROM_CHANNEL && caller && caller !== audience)
}

/** Where the replies of a skill go: there in turns that a skill started. */
function skillReference({ turnState }: TurnContext): { oAuthScope?: string } | undefined {
  // The key belongs to the drop-in packages, which this one cannot import.
  const key = [...turnState.keys()].find(
    (each) => typeof each === 'symbol' && each.description === 'SkillConversationReference',
  )
  return key && (turnState.get(key) as OpenValue)
}
