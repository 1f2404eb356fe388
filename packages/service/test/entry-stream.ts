import type { Json } from './stand-in-bot.ts'
import { whenDone } from './start-together.ts'

/** Entries of the inspector, as an open page gets them. */
export interface EntryStreamClient {
  readonly entries: Json[]
  /** Ids of the events, as a browser would send them back. */
  readonly ids: string[]
  readonly end: () => void
}

/** Follows the entries of a conversation; {@link stopAll} ends it. */
export async function followEntries(
  serviceUrl: string,
  query: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<EntryStreamClient> {
  const abort = new AbortController()
  whenDone(async () => abort.abort())
  const url = `${serviceUrl}/chat/inspector/stream?${new URLSearchParams(query).toString()}`
  const response = await fetch(url, { signal: abort.signal, headers })
  if (response.status !== 200) throw new Error(`The service answered ${response.status}.`)
  const entries: Json[] = []
  const ids: string[] = []
  const read = async (): Promise<void> => {
    let text = ''
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString()
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        const fields = new Map(event.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]))
        if (fields.get('event') !== 'entry') continue
        ids.push(fields.get('id') ?? '')
        entries.push(JSON.parse(fields.get('data') ?? ''))
      }
    }
  }
  read().catch(() => {})
  return { entries, ids, end: () => abort.abort() }
}

/** What is known of an entry. */
export async function entryDetail(serviceUrl: string, seq: number | string): Promise<Json> {
  return (await fetch(`${serviceUrl}/chat/inspector/entries/${seq}`)).json()
}
