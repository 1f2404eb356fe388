export type {
  AnonymousBlobCredential,
  BlobCredential,
  BlobTokenCredential,
  SharedKeySigner,
} from './blob-credential.ts'
export { BlobsFailedError, BlobsOptionError, BlobsRefusedError, BlobsUnreachableError } from './blob-errors.ts'
export type { BlobsFailure } from './blob-errors.ts'
export { v4BlobName } from './blob-name.ts'
export type { BlobsOptions } from './blobs-options.ts'
export { BlobsStorage } from './blobs-storage.ts'
export { BlobsTranscriptStore } from './blobs-transcript-store.ts'
export type { BlobsTranscriptOptions } from './blobs-transcript-store.ts'
