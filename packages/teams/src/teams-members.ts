import type { ChannelAccount, TurnContext } from '@parley/core'
import type { TeamsChannelAccount } from './models/members.ts'
import { TeamsInfo } from './teams-info.ts'

/**
 * The accounts with what Teams knows about them. The bot itself, accounts that came complete, and those Teams does not find
 * stay as they are.
 */
export async function completeMembers(
  context: TurnContext,
  members: readonly ChannelAccount[],
): Promise<TeamsChannelAccount[]> {
  const complete: TeamsChannelAccount[] = []
  for (const member of members) complete.push(await completeMember(context, member))
  return complete
}

async function completeMember(context: TurnContext, member: TeamsChannelAccount): Promise<TeamsChannelAccount> {
  if (isComplete(member) || member.id === context.activity.recipient?.id) return member
  try {
    return (await TeamsInfo.getMember(context, member.id)) ?? member
  } catch (error) {
    if (isConversationNotFound(error)) return member
    throw error
  }
}

function isComplete({ givenName, surname, email, userPrincipalName }: TeamsChannelAccount): boolean {
  return [givenName, surname, email, userPrincipalName].some((fact) => fact !== undefined)
}

/** Somebody added a whole conversation that is not ready yet. Clients of SDK v4 keep the code in the body. */
function isConversationNotFound(error: unknown): boolean {
  const { code, serviceCode, body } = Object(error) as {
    code?: unknown
    serviceCode?: unknown
    body?: { error?: { code?: unknown } }
  }
  return [code, serviceCode, body?.error?.code].includes('ConversationNotFound')
}
