import { TurnContext } from '@parley/core'
import type { Activity } from '@parley/core'
import { TestAdapter } from '@parley/testing'

/** Gives a bot an activity as Teams sends it, and the values of the invoke responses it sent. */
export async function runBot(
  bot: { run(context: TurnContext): Promise<void> },
  activity: Partial<Activity>,
): Promise<unknown[]> {
  const adapter = new TestAdapter((context) => bot.run(context))
  await adapter.processActivity({ channelId: 'msteams', recipient: { id: 'bot', name: 'Bot' }, ...activity })
  return adapter.activeQueue.map(({ type, value }) => (type === 'invokeResponse' ? value : type))
}

/** Stands for arguments that tests compare by what they are. */
export function nameArguments(args: readonly unknown[]): unknown[] {
  return args.map((arg) => {
    if (arg instanceof TurnContext) return 'context'
    return typeof arg === 'function' ? 'next' : arg
  })
}
