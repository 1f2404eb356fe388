import type { AttachmentInfo } from '@parley/core'
import type { HttpOperationResponse, ServiceCallback } from '../../stdlib/index.ts'
import { hide } from '../credentials/hide.ts'
import { requireText } from '../rest/arguments.ts'
import { callService } from '../rest/operation.ts'
import type { OptionsOrCallback, RestResult } from '../rest/operation.ts'
import type { RestContext } from '../rest/rest-context.ts'

/** The content of an attachment. */
export type AttachmentsGetAttachmentResponse = {
  /** Absent under Node. */
  blobBody?: Promise<unknown> | undefined
  readableStreamBody: NodeJS.ReadableStream
  _response: HttpOperationResponse
}

/** Files in the channel's storage. */
export class Attachments {
  declare private readonly client: RestContext

  constructor(client: RestContext) {
    hide(this, 'client', client)
  }

  getAttachmentInfo(
    attachmentId: string,
    options?: OptionsOrCallback<AttachmentInfo>,
    callback?: ServiceCallback<AttachmentInfo>,
  ): Promise<RestResult<AttachmentInfo>> {
    const prepare = () => {
      const id = ['attachmentId', requireText('attachmentId', attachmentId)] as const
      return { method: 'GET', path: ['v3', 'attachments', id] } as const
    }
    return callService(this.client, options, prepare, callback)
  }

  /** The content as a stream, and as that of `_response`. */
  async getAttachment(
    attachmentId: string,
    viewId: string,
    options?: OptionsOrCallback<void>,
    callback?: ServiceCallback<void>,
  ): Promise<AttachmentsGetAttachmentResponse> {
    const prepare = () => {
      const id = ['attachmentId', requireText('attachmentId', attachmentId)] as const
      const view = ['viewId', requireText('viewId', viewId)] as const
      const path = ['v3', 'attachments', id, 'views', view] as const
      return { method: 'GET', path, headers: { accept: '*/*' }, isStream: true } as const
    }
    const result: unknown = await callService(this.client, options, prepare, callback)
    return result as AttachmentsGetAttachmentResponse
  }
}
