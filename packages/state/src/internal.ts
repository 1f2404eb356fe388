// For Parley's own packages: no promise of stability.
export { newOwnerName, ownerState } from './file-storage/lock-owner.ts'
export type { OwnerState } from './file-storage/lock-owner.ts'
export { channelInKey, conversationInKey, idOfKeyPart } from './state-key.ts'
export { readItemByItem, writeItemByItem } from './item-by-item.ts'
