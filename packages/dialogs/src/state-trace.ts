import { Channels } from '@parley/core'
import type { OpenValue, TurnContext } from '@parley/core'
import type { DialogContext } from './dialog-context.ts'
import { innermost } from './memory/innermost.ts'
import { isSkillCall } from './skill-conversation.ts'

/**
 * Shows developers what dialogs remember, as a trace. Elsewhere nobody would see it, and making it takes time in every turn.
 */
export async function traceState(dc: DialogContext): Promise<void> {
  const { context } = dc
  if (!isTraceSeen(context)) return
  await context.sendTraceActivity(
    'BotState',
    innermost<DialogContext>(dc).state.getMemorySnapshot(),
    'https://www.botframework.com/schemas/botState',
    isSkillCall(context) ? 'Skill State' : 'Bot State',
  )
}

/** Adapters that serve HTTP drop traces for all channels but the emulator, yet who observes what is sent gets to see them. */
function isTraceSeen(context: TurnContext): boolean {
  if (context.activity.channelId === Channels.Emulator) return true
  const servesHttp = typeof (context.adapter as OpenValue).process === 'function'
  // Private by type only: core has no other way to ask whether somebody observes.
  const observers: unknown = (context as OpenValue).turn?.onSend
  return !servesHttp || (Array.isArray(observers) && observers.length > 0)
}
