export { BlobsStorage } from './blobs-storage.ts'
export type { BlobsStorageOptions } from './blobs-storage.ts'
export { BlobsTranscriptStore } from './blobs-transcript-store.ts'
export type { BlobsTranscriptStoreOptions } from './blobs-transcript-store.ts'
