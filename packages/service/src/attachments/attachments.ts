import type { Conversations } from '../conversations/conversations.ts'
import type { AttachmentRecord, AttachmentStore, ViewId } from '../store/attachment-store.ts'
import { safeFileName } from './file-name.ts'
import { parseMediaType } from './media-type.ts'

/** A file as somebody uploads it; nothing of it is trusted. */
export interface UploadedFile {
  readonly name: string | undefined
  readonly contentType: string | undefined
  readonly bytes: Uint8Array
  /** A small picture of it. */
  readonly thumbnail?: Uint8Array
}

export interface AttachmentsOptions {
  readonly store: AttachmentStore
  readonly conversations: Conversations
  readonly maxUploadBytes: number
}

/** The files of conversations. They can be fetched as long as their conversation exists and their time is not over. */
export class Attachments {
  /** Largest upload, with all its files. */
  readonly maxUploadBytes: number
  private readonly store: AttachmentStore
  private readonly conversations: Conversations

  constructor({ store, conversations, maxUploadBytes }: AttachmentsOptions) {
    this.store = store
    this.conversations = conversations
    this.maxUploadBytes = maxUploadBytes
  }

  /** Keeps a file. @returns the record; whoever knows its id may fetch it. */
  add(conversationId: string, file: UploadedFile): AttachmentRecord {
    const { bytes, thumbnail } = file
    const id = this.conversations.chance.uuid()
    this.store.add({
      id,
      conversationId,
      name: safeFileName(file.name),
      contentType: parseMediaType(file.contentType),
      views: [
        { viewId: 'original', bytes },
        ...(thumbnail ? [{ viewId: 'thumbnail', bytes: thumbnail } as const] : []),
      ],
    })
    const record = this.store.find(id)
    if (!record) throw new RangeError('A file that was just kept is not there; the retention limits are too low.')
    return record
  }

  find(attachmentId: string): AttachmentRecord | undefined {
    const record = this.store.find(attachmentId)
    return record && this.conversations.get(record.conversationId) ? record : undefined
  }

  /** The bytes of a view. */
  read(record: AttachmentRecord, viewId: string): { readonly bytes: Uint8Array; readonly hash: string } | undefined {
    const view = record.views.find((candidate) => candidate.viewId === viewId)
    const bytes = view && this.store.read(view.hash)
    return bytes && { bytes, hash: view.hash }
  }
}

/** Where a view is fetched. `origin` is how the service is addressed. */
export function viewUrl(origin: string, attachmentId: string, viewId: ViewId): string {
  return `${origin}/v3/attachments/${attachmentId}/views/${viewId}`
}
