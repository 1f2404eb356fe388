import type { CloudAdapter } from '@parley/adapter'
import { TurnContext } from '@parley/core'
import type { ConversationReference } from '@parley/core'

const references = new Map<string, Partial<ConversationReference>>()

/** In a turn: remember where the person is. The reference is plain JSON; store it where you like. */
export function remember(context: TurnContext): void {
  const reference = TurnContext.getConversationReference(context.activity)
  references.set(context.activity.from.id, reference)
}

/** At any later time, also after a restart: speak first. */
export async function remind(adapter: CloudAdapter, userId: string, text: string): Promise<void> {
  const reference = references.get(userId)
  if (!reference) return
  await adapter.continueConversation(reference, async (context) => {
    await context.sendActivity(text)
  })
}
