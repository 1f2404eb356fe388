import type { AttachmentInfo } from '@parley/core'
import { segment } from './path.ts'
import type { CallOptions, Service } from './service.ts'

/** How to fetch a view of an attachment. */
export interface AttachmentOptions extends CallOptions {
  /** Largest content accepted, in bytes; default 20 MiB. */
  readonly maxBytes?: number | undefined
}

/** One view of an attachment. */
export interface AttachmentContent {
  /** MIME type as the service states it. */
  readonly contentType: string | undefined
  readonly bytes: Uint8Array
}

const DEFAULT_MAX_BYTES = 20 * 1024 * 1024

/** Files in the channel's storage. Every method fails with a {@link SendError} (`SEND_…`). */
export class Attachments {
  private readonly service: Service

  constructor(service: Service) {
    this.service = service
  }

  /** Name, type and views of an attachment. */
  async getAttachmentInfo(attachmentId: string, options?: CallOptions): Promise<AttachmentInfo> {
    const path = `/v3/attachments/${segment('attachmentId', attachmentId)}`
    return this.service.read({ name: 'getAttachmentInfo', method: 'GET', path }, acceptInfo, options)
  }

  /**
   * Content of one view, e.g. `original`. A service that answers with a redirect is not followed.
   *
   * @throws {@link SendAnswerInvalidError} `SEND_ANSWER_INVALID`: more than `maxBytes`, or cut off.
   */
  async getAttachment(
    attachmentId: string,
    viewId: string,
    { maxBytes = DEFAULT_MAX_BYTES, ...options }: AttachmentOptions = {},
  ): Promise<AttachmentContent> {
    const path = `/v3/attachments/${segment('attachmentId', attachmentId)}/views/${segment('viewId', viewId)}`
    const reply = await this.service.readBytes({ name: 'getAttachment', method: 'GET', path }, maxBytes, options)
    return { contentType: reply.headers['content-type'], bytes: reply.body }
  }
}

function acceptInfo(value: unknown): AttachmentInfo | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as AttachmentInfo) : undefined
}
