import type { Service } from '@parley/service'
import { eventually } from 'test-support/eventually'

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of the service
export type Json = any

/** A user who talks with a bot over Direct Line. */
export class Visitor {
  readonly conversationId: string
  private readonly service: Service
  private readonly user: { readonly id: string; readonly name: string }

  private constructor(service: Service, conversationId: string, user: { readonly id: string; readonly name: string }) {
    this.service = service
    this.conversationId = conversationId
    this.user = user
  }

  static async arrive(service: Service, user = { id: 'dl_ada', name: 'Ada' }): Promise<Visitor> {
    const { conversationId } = await call(service, 'POST', '', { user })
    return new Visitor(service, conversationId, user)
  }

  /** @returns The status the bot answered with, as Direct Line tells it. */
  async say(text: string | Json): Promise<void> {
    const activity = typeof text === 'string' ? { type: 'message', text } : text
    await call(this.service, 'POST', `/${this.conversationId}/activities`, {
      ...activity,
      from: this.user,
      locale: 'en-US',
    })
  }

  /** What the bot has sent so far. */
  async heard(): Promise<Json[]> {
    const { activities } = await call(this.service, 'GET', `/${this.conversationId}/activities`)
    return activities.filter(({ from }: Json) => from.id !== this.user.id)
  }

  /** Waits until the bot has sent that many activities, and gives their texts. */
  async hears(count: number): Promise<string[]> {
    let texts: string[] = []
    await eventually(async () => {
      texts = (await this.heard()).map(({ text }) => text)
      if (texts.length < count) throw new Error(`The bot sent ${JSON.stringify(texts)}.`)
    })
    return texts
  }

  /** What the Bot State service has in a bag of the bot. */
  async bag(appId: string, scope: 'user' | 'conversation' | 'private'): Promise<Json> {
    const [user, conversation] = [`users/${this.user.id}`, `conversations/${this.conversationId}`]
    const path = { user, conversation, private: `${conversation}/${user}` }[scope]
    const authorization = `Bearer ${this.service.identity.mintAccessToken(appId)}`
    const url = new URL(`/v3/botstate/directline/${path}`, this.service.serviceUrl)
    const response = await fetch(url, { headers: { authorization } })
    return ((await response.json()) as Json).data
  }
}

async function call({ url, directLineSecret }: Service, method: string, path: string, body?: unknown): Promise<Json> {
  const response = await fetch(`${url}/v3/directline/conversations${path}`, {
    method,
    headers: { authorization: `Bearer ${directLineSecret}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`)
  return response.json()
}
