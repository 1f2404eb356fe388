import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getConversationReference, silentLogger } from '@parley/core'
import type { Activity, ClaimsIdentity, ConversationReference, ResourceResponse, TurnLogic } from '@parley/core'
import { ChannelServiceHandlerBase, ChannelServiceRoutes, CloudAdapter, SkillReplies } from '@parley/adapter'
import type { CloudAdapterOptions, SkillConversation, SkillConversations } from '@parley/adapter'
import { createExpressHandler } from '@parley/adapter/express'
import express from 'express'

/** Remembers in memory where the replies of a skill go. */
export class Conversations implements SkillConversations {
  readonly known = new Map<string, SkillConversation>()

  create(activity: Activity): string {
    const id = randomUUID()
    const conversationReference = getConversationReference(activity) as ConversationReference
    this.known.set(id, { conversationReference, oAuthScope: '' })
    return id
  }

  async getSkillConversationReference(id: string): Promise<SkillConversation> {
    return this.known.get(id) as SkillConversation
  }

  async getConversationReference(): Promise<never> {
    throw new Error('Not Implemented')
  }

  async deleteConversationReference(id: string): Promise<void> {
    this.known.delete(id)
  }
}

/** Proves which skill calls; `authHeader` is empty when there is none. */
export type AuthenticateSkill = (authHeader: string) => Promise<ClaimsIdentity>

/** The far end of the skills' connector. */
class SkillHost extends ChannelServiceHandlerBase {
  private readonly replies: SkillReplies
  private readonly proof: AuthenticateSkill

  constructor(replies: SkillReplies, proof: AuthenticateSkill) {
    super()
    this.replies = replies
    this.proof = proof
  }

  protected override authenticate(authHeader: string): Promise<ClaimsIdentity> {
    return this.proof(authHeader)
  }

  protected override onSendToConversation(
    ...given: Parameters<SkillReplies['onSendToConversation']>
  ): Promise<ResourceResponse> {
    return this.replies.onSendToConversation(...given)
  }

  protected override onReplyToActivity(
    ...given: Parameters<SkillReplies['onReplyToActivity']>
  ): Promise<ResourceResponse> {
    return this.replies.onReplyToActivity(...given)
  }

  protected override onUpdateActivity(
    ...given: Parameters<SkillReplies['onUpdateActivity']>
  ): Promise<ResourceResponse> {
    return this.replies.onUpdateActivity(...given)
  }

  protected override onDeleteActivity(...given: Parameters<SkillReplies['onDeleteActivity']>): Promise<void> {
    return this.replies.onDeleteActivity(...given)
  }
}

/** A bot behind a server of its own. */
export interface RunningBot {
  readonly adapter: CloudAdapter
  readonly url: string
  stop(): Promise<void>
}

/** How the skills of a bot reach it. */
export interface SkillHosting {
  readonly conversations: Conversations
  readonly authenticate: AuthenticateSkill
}

/** Starts a bot; with `hosting` under `/api/skills` for its skills, too. */
export async function startBot(
  options: CloudAdapterOptions,
  logic: TurnLogic,
  hosting?: SkillHosting,
): Promise<RunningBot> {
  const adapter = new CloudAdapter({ logger: silentLogger, ...options })
  const app = express()
  app.post('/api/messages', createExpressHandler(adapter, { run: logic }))
  if (hosting) {
    const { conversations, authenticate } = hosting
    const replies = new SkillReplies({ key: Symbol('skill'), adapter, logic, conversations, audience: () => '' })
    new ChannelServiceRoutes(new SkillHost(replies, authenticate)).register(app, '/api/skills')
  }
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { adapter, url, stop: () => stop(adapter, server) }
}

async function stop(adapter: CloudAdapter, server: Server): Promise<void> {
  await adapter.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
