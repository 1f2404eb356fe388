import type { KeptRecords, RecordKind } from '../store/kept-records.ts'

/** Whose record of a bot it is, and of which connection. */
export interface RecordOwner {
  readonly userId: string
  readonly connectionName: string
  /** Users of different channels are different people, even when they have the same id. */
  readonly channelId: string
}

/** The same, on any channel when none is named. */
export type OwnerQuery = Omit<RecordOwner, 'channelId'> & { readonly channelId?: string | undefined }

export interface OwnedRecord<T> {
  readonly channelId: string
  readonly value: T
}

/** Records of one kind, each of a bot, a user, a connection and a channel. */
export class OwnedRecords<T> {
  private readonly records: KeptRecords
  private readonly kind: RecordKind

  constructor(records: KeptRecords, kind: RecordKind) {
    this.records = records
    this.kind = kind
  }

  put(botId: string, owner: RecordOwner, value: T, expiresAt: number): void {
    this.records.put({ kind: this.kind, owner: ownerKey(botId, owner.userId), name: nameOf(owner), value, expiresAt })
  }

  find(botId: string, query: OwnerQuery): OwnedRecord<T> | undefined {
    return this.all(botId, query)[0]
  }

  all(botId: string, { userId, connectionName, channelId }: OwnerQuery): readonly OwnedRecord<T>[] {
    return this.records.list(this.kind, ownerKey(botId, userId)).flatMap(({ name, value }) => {
      const [connection, channel] = JSON.parse(name) as [string, string]
      const fits = connection === connectionName && (channelId === undefined || channel === channelId)
      return fits ? [{ channelId: channel, value: value as T }] : []
    })
  }

  /** @returns how many there were. */
  remove(botId: string, query: OwnerQuery): number {
    const found = this.all(botId, query)
    for (const { channelId } of found) {
      this.records.remove(this.kind, ownerKey(botId, query.userId), nameOf({ ...query, channelId }))
    }
    return found.length
  }
}

/** JSON, so that no id can be written to look like two. */
function ownerKey(botId: string, userId: string): string {
  return JSON.stringify([botId, userId])
}

function nameOf({ connectionName, channelId }: RecordOwner): string {
  return JSON.stringify([connectionName, channelId])
}
