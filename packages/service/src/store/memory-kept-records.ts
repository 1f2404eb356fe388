import type { Clock } from '../clock.ts'
import { MAX_RECORDS_PER_KIND } from './kept-records.ts'
import type { KeptRecord, KeptRecords, NewRecord, RecordKind } from './kept-records.ts'

interface Entry {
  /** JSON, so that nobody changes what is kept by changing what was read. */
  readonly text: string
  readonly expiresAt: number
}

type Owners = Map<string, Map<string, Entry>>

/** Keeps records in this process, and loses them with it. */
export class MemoryKeptRecords implements KeptRecords {
  private readonly clock: Clock
  private readonly maxRecords: number
  private readonly kinds: Map<RecordKind, Owners> = new Map()

  /** @param maxRecords - Of each kind. */
  constructor(clock: Clock, maxRecords: number = MAX_RECORDS_PER_KIND) {
    this.clock = clock
    this.maxRecords = maxRecords
  }

  /** There is no process to outlive and no disk to fail, so there is nothing to take back. */
  atomically<T>(work: () => T): T {
    return work()
  }

  put({ kind, owner, name, value, expiresAt }: NewRecord): void {
    const owners = this.ownersOf(kind)
    if (!owners.get(owner)?.has(name)) makeRoom(owners, this.maxRecords - 1)
    const records = owners.get(owner) ?? new Map<string, Entry>()
    owners.set(owner, records.set(name, { text: JSON.stringify(value), expiresAt }))
  }

  get(kind: RecordKind, owner: string, name: string): unknown {
    const entry = this.kinds.get(kind)?.get(owner)?.get(name)
    return entry && entry.expiresAt > this.clock.now() ? JSON.parse(entry.text) : undefined
  }

  list(kind: RecordKind, owner: string): readonly KeptRecord[] {
    const now = this.clock.now()
    return [...(this.kinds.get(kind)?.get(owner) ?? [])]
      .filter(([, { expiresAt }]) => expiresAt > now)
      .map(([name, { text }]) => ({ name, value: JSON.parse(text) as unknown }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  }

  remove(kind: RecordKind, owner: string, name: string): boolean {
    return removeFrom(this.ownersOf(kind), owner, name)
  }

  forgetExpired(now: number): void {
    for (const owners of this.kinds.values()) {
      for (const { owner, name, expiresAt } of entriesOf(owners)) if (expiresAt <= now) removeFrom(owners, owner, name)
    }
  }

  private ownersOf(kind: RecordKind): Owners {
    const owners: Owners = this.kinds.get(kind) ?? new Map()
    this.kinds.set(kind, owners)
    return owners
  }
}

interface Place {
  readonly owner: string
  readonly name: string
  readonly expiresAt: number
}

function entriesOf(owners: Owners): Place[] {
  return [...owners].flatMap(([owner, records]) =>
    [...records].map(([name, { expiresAt }]) => ({ owner, name, expiresAt })),
  )
}

function makeRoom(owners: Owners, maxRecords: number): void {
  let count = 0
  for (const records of owners.values()) count += records.size
  if (count <= maxRecords) return
  const leaving = entriesOf(owners).toSorted((one, other) => one.expiresAt - other.expiresAt)
  for (const { owner, name } of leaving.slice(0, count - maxRecords)) removeFrom(owners, owner, name)
}

function removeFrom(owners: Owners, owner: string, name: string): boolean {
  const records = owners.get(owner)
  const wasThere = records?.delete(name) ?? false
  if (records?.size === 0) owners.delete(owner)
  return wasThere
}
