import type { Clock } from '../clock.ts'
import type { AttachmentRecord, AttachmentStore, NewAttachment } from './attachment-store.ts'
import { hashOf } from './hash-of.ts'
import type { RetentionLimits } from './retention.ts'

interface StoredBytes {
  readonly bytes: Uint8Array
  /** How many views they are. */
  uses: number
}

/** Keeps files in this process, within the retention limits, and loses them with the process. */
export class MemoryAttachmentStore implements AttachmentStore {
  private readonly clock: Clock
  private readonly limits: RetentionLimits
  /** The oldest first. */
  private readonly kept: Map<string, { readonly record: AttachmentRecord; readonly at: number }> = new Map()
  private readonly contents: Map<string, StoredBytes> = new Map()
  private size = 0

  constructor(clock: Clock, limits: RetentionLimits) {
    this.clock = clock
    this.limits = limits
  }

  add({ views, ...attachment }: NewAttachment): void {
    const stored = views.map(({ viewId, bytes }) => ({ viewId, hash: this.keep(bytes), size: bytes.length }))
    this.kept.set(attachment.id, { record: { ...attachment, views: stored }, at: this.clock.now() })
    const { maxAttachments, maxAttachmentBytes } = this.limits
    for (const id of this.kept.keys()) {
      if (this.kept.size <= maxAttachments && this.size <= maxAttachmentBytes) return
      this.forget(id)
    }
  }

  find(attachmentId: string): AttachmentRecord | undefined {
    return this.kept.get(attachmentId)?.record
  }

  read(hash: string): Uint8Array | undefined {
    return this.contents.get(hash)?.bytes
  }

  forgetExpired(now: number): void {
    for (const [id, { at }] of this.kept) if (at < now - this.limits.attachmentMs) this.forget(id)
  }

  private keep(bytes: Uint8Array): string {
    const hash = hashOf(bytes)
    const known = this.contents.get(hash)
    if (known) known.uses += 1
    else {
      // A copy: these may be a few bytes of a large upload, which must not stay for them.
      this.contents.set(hash, { bytes: Uint8Array.from(bytes), uses: 1 })
      this.size += bytes.length
    }
    return hash
  }

  private forget(id: string): void {
    const { views = [] } = this.kept.get(id)?.record ?? {}
    this.kept.delete(id)
    for (const { hash } of views) {
      const content = this.contents.get(hash)
      if (!content) continue
      content.uses -= 1
      if (content.uses > 0) continue
      this.contents.delete(hash)
      this.size -= content.bytes.length
    }
  }
}
