import type { Attachment, OpenValue } from '@parley/core'

/** An attachment whose content is known by its type. */
export interface TeamsAttachment<ContentType> extends Attachment {
  content: ContentType
}

/** Asks the user whether the bot may put a file into his OneDrive. */
export interface FileConsentCard {
  description?: string
  sizeInBytes?: number
  /** Sent back when the user agrees. */
  acceptContext?: OpenValue
  /** Sent back when the user declines. */
  declineContext?: OpenValue
}

/** Where to put an accepted file. */
export interface FileUploadInfo {
  name?: string
  /** Address of an upload session; the file is put there in pieces. */
  uploadUrl?: string
  /** Where the file will be found. */
  contentUrl?: string
  uniqueId?: string
  fileType?: string
}

/** Value of the invoke `fileConsent/invoke`. */
export interface FileConsentCardResponse {
  action?: 'accept' | 'decline'
  /** The card's `acceptContext` or `declineContext`. */
  context?: OpenValue
  uploadInfo?: FileUploadInfo
}

/** A file the user sent; its address is valid for some minutes. */
export interface FileDownloadInfo {
  downloadUrl?: string
  uniqueId?: string
  fileType?: string
  etag?: OpenValue
}

/** The attachment a file comes in. */
export type FileDownloadInfoAttachment = TeamsAttachment<FileDownloadInfo>

/** Shows a file that was put into the user's OneDrive. */
export interface FileInfoCard {
  uniqueId?: string
  fileType?: string
  etag?: OpenValue
}
