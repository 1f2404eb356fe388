/** Tells the open streams of a conversation that its log has grown. It carries no content: readers read the store. */
export class ConversationFeed {
  private readonly followers: Map<string, Set<() => void>> = new Map()

  /** Calls `onChange` after every change of the conversation. @returns a function that stops it. */
  follow(conversationId: string, onChange: () => void): () => void {
    const followers = this.followers.get(conversationId) ?? new Set()
    this.followers.set(conversationId, followers.add(onChange))
    return () => {
      followers.delete(onChange)
      if (followers.size === 0 && this.followers.get(conversationId) === followers)
        this.followers.delete(conversationId)
    }
  }

  announce(conversationId: string): void {
    for (const onChange of this.followers.get(conversationId) ?? []) onChange()
  }
}
