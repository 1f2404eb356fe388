/** How far a person has read: the value of the event `application/vnd.microsoft.readReceipt`. */
export class ReadReceiptInfo {
  /** Ids of messages in Teams are times, so that greater means later. */
  lastReadMessageId: string

  constructor(lastReadMessageId?: string) {
    this.lastReadMessageId = lastReadMessageId as string
  }

  /** Whether a message was read when `lastReadMessageId` was the last one; `false` for ids that are not numbers. */
  static isMessageRead(compareMessageId: string, lastReadMessageId: string): boolean {
    if (!compareMessageId || !lastReadMessageId) return false
    return Number(compareMessageId) <= Number(lastReadMessageId)
  }

  /** Whether that message was read. */
  isMessageRead(compareMessageId: string): boolean {
    return ReadReceiptInfo.isMessageRead(compareMessageId, this.lastReadMessageId)
  }
}
