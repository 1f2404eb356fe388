import type { TurnContext } from '@parley/core'
import { skillCallerOf } from './prompts/skill-caller.ts'

/** Whom tokens are for that go to channels, in the public and in the US government cloud. */
const CHANNEL_AUDIENCES = new Set<unknown>(['https://api.botframework.com', 'https://api.botframework.us'])

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

/** Whether a bot sent this: one that calls this one as a skill, or a skill of this one. */
export function isSkillCall(context: TurnContext): boolean {
  return skillCallerOf(context) !== null
}

/** Where the replies of a skill go: there in turns that a skill started. */
function skillReference({ turnState }: TurnContext): { oAuthScope?: string } | undefined {
  // The key belongs to the drop-in packages, which this one cannot import.
  const key = [...turnState.keys()].find(
    (each) => typeof each === 'symbol' && each.description === 'SkillConversationReference',
  )
  return key === undefined ? undefined : turnState.get(key)
}
