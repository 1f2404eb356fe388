import type { AttachmentStore } from '../src/store/attachment-store.ts'
import { DEFAULT_RETENTION } from '../src/store/retention.ts'
import type { RetentionLimits } from '../src/store/retention.ts'
import type { HandClock } from './conversation-store-conformance.ts'

/** Makes an empty store. */
export type NewAttachmentStore = (clock: HandClock, limits: RetentionLimits) => AttachmentStore

const bytesOf = (text: string): Buffer => Buffer.from(text)

function keep(store: AttachmentStore, id: string, original: string, thumbnail?: string): void {
  store.add({
    id,
    conversationId: 'c',
    name: `${id}.bin`,
    contentType: 'image/png',
    views: [
      { viewId: 'original', bytes: bytesOf(original) },
      ...(thumbnail === undefined ? [] : [{ viewId: 'thumbnail', bytes: bytesOf(thumbnail) } as const]),
    ],
  })
}

function textOf(store: AttachmentStore, id: string, index = 0): string | undefined {
  const bytes = store.read(store.find(id)?.views[index]?.hash ?? '')
  return bytes && Buffer.from(bytes).toString()
}

/** What every store of attachments does. */
export function attachmentStoreConformance(name: string, newStore: NewAttachmentStore): void {
  const lab = (limits: Partial<RetentionLimits> = {}): { clock: HandClock; store: AttachmentStore } => {
    const clock: HandClock = { time: 1_000, now: () => clock.time }
    return { clock, store: newStore(clock, { ...DEFAULT_RETENTION, ...limits }) }
  }

  describe(`attachments in ${name}`, () => {
    test('what was kept is found, with the bytes of its views', () => {
      const { store } = lab()
      keep(store, 'a', 'picture', 'small')
      expect(store.find('a')).toEqual({
        id: 'a',
        conversationId: 'c',
        name: 'a.bin',
        contentType: 'image/png',
        views: [
          { viewId: 'original', hash: expect.stringMatching(/^[\w-]{43}$/), size: 7 },
          { viewId: 'thumbnail', hash: expect.stringMatching(/^[\w-]{43}$/), size: 5 },
        ],
      })
      expect([textOf(store, 'a'), textOf(store, 'a', 1)]).toEqual(['picture', 'small'])
      expect(store.find('b')).toBeUndefined()
      expect(store.read('b')).toBeUndefined()
    })

    test('an empty file is kept', () => {
      const { store } = lab()
      keep(store, 'a', '')
      expect(textOf(store, 'a')).toBe('')
    })

    test('equal bytes are kept once, as long as one needs them', () => {
      const { store } = lab({ maxAttachmentBytes: 10, maxAttachments: 2 })
      keep(store, 'a', '12345678', '12345678')
      keep(store, 'b', '12345678')
      expect(['a', 'b'].map((id) => textOf(store, id))).toEqual(['12345678', '12345678'])
      keep(store, 'c', 'x')
      expect(['a', 'b', 'c'].map((id) => textOf(store, id))).toEqual([undefined, '12345678', 'x'])
    })

    test('the oldest go when there are too many bytes', () => {
      const { store } = lab({ maxAttachmentBytes: 10 })
      for (const id of ['a', 'b', 'c']) keep(store, id, id.repeat(5))
      expect(['a', 'b', 'c'].map((id) => textOf(store, id))).toEqual([undefined, 'bbbbb', 'ccccc'])
      keep(store, 'd', 'd'.repeat(10))
      expect(['b', 'c', 'd'].map((id) => textOf(store, id)?.length)).toEqual([undefined, undefined, 10])
    })

    test('the oldest go when there are too many files', () => {
      const { store } = lab({ maxAttachments: 2 })
      for (const id of ['a', 'b', 'c']) keep(store, id, id)
      expect(['a', 'b', 'c'].map((id) => textOf(store, id))).toEqual([undefined, 'b', 'c'])
    })

    test('what is too old goes, with its bytes', () => {
      const { clock, store } = lab({ attachmentMs: 100 })
      keep(store, 'a', 'a')
      const hash = store.find('a')?.views[0]?.hash ?? ''
      clock.time += 60
      keep(store, 'b', 'b')
      store.forgetExpired(clock.time + 50)
      expect(['a', 'b'].map((id) => textOf(store, id))).toEqual([undefined, 'b'])
      expect(store.read(hash)).toBeUndefined()
    })
  })
}
