import type { Service } from '@parley/service'
import { entryDetail, followEntries } from './entry-stream.ts'
import { eventually } from 'test-support/eventually'
import type { Json } from './stand-in-bot.ts'

/** What the inspector says about the token of the last post in a conversation. */
export async function lastPost(service: Service, conversationId: string): Promise<Json> {
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  await eventually(() => expect(entries.at(-1)?.way).toBe('from-client'))
  return entryDetail(service.url, entries.findLast(({ way }) => way === 'to-bot').seq)
}

/** Names of the checks that failed. */
export const failedChecks = ({ checks }: Json): string[] =>
  checks.flatMap(({ name, passed }: Json) => (passed === false ? [name] : []))
