import { Channels } from '@parley/core'
import type { TurnContext } from '@parley/core'

/** Middleware: on Teams, the tenant of the channel data is also that of the conversation, unless it has one. */
export async function setTeamsTenant({ activity }: TurnContext, next: () => Promise<void>): Promise<void> {
  const { conversation } = activity
  if (activity.channelId === Channels.Msteams && conversation && !conversation.tenantId) {
    const tenantId = tenantOf(activity.channelData)
    if (tenantId) conversation.tenantId = tenantId
  }
  await next()
}

function tenantOf(channelData: unknown): string | undefined {
  return (channelData as { tenant?: { id?: string } } | null | undefined)?.tenant?.id
}
