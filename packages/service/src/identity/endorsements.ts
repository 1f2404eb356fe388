/** Channels the channel keys can vouch for. */
const CHANNELS: readonly string[] = ['directline', 'webchat', 'emulator', 'msteams']

/** The channels whose activities the channel keys vouch for; bots refuse the service's token for any other. */
export class Endorsements {
  private readonly channels: Set<string> = new Set(CHANNELS)

  list(): readonly string[] {
    return [...this.channels]
  }

  /** @returns whether it was not endorsed before. */
  add(channelId: string): boolean {
    const isNew = !this.channels.has(channelId)
    this.channels.add(channelId)
    return isNew
  }

  /** @returns whether it was endorsed before. */
  withdraw(channelId: string): boolean {
    return this.channels.delete(channelId)
  }
}
