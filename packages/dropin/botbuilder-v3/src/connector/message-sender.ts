import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectorClient } from '@parley/connector'
import { ActivityTypes } from '@parley/core'
import type { Activity, ConversationParameters } from '@parley/core'
import type { IAddress, IChatConnectorAddress, IMessage, IStartConversationAddress } from '../contracts/events.ts'
import { activityOfMessage } from './activity-of-message.ts'

/** Brings messages where their addresses say. */
export class MessageSender {
  private readonly clientOf: (serviceUrl: string | undefined) => ConnectorClient

  /** @param clientOf - The client of a service; throws where the bot's token must not go. */
  constructor(clientOf: (serviceUrl: string | undefined) => ConnectorClient) {
    this.clientOf = clientOf
  }

  /** In order; the first that fails ends it. @returns The addresses of the messages, with the ids they got. */
  async send(messages: readonly IMessage[]): Promise<IAddress[]> {
    const addresses: IAddress[] = []
    for (const [index, message] of messages.entries()) {
      if (message.type === 'delay') await sleep(Number(message.value) || 0)
      else if (message.address) addresses.push(await this.sendOne(message, index === messages.length - 1))
    }
    return addresses
  }

  /** Starts a conversation, or finds the one with the user. */
  async start(address: IStartConversationAddress): Promise<IChatConnectorAddress> {
    const { user, bot, members, isGroup, topicName, activity, channelData, id: _id, ...rest } = address
    const parameters = { bot, members: members ?? (user ? [user] : []), isGroup, topicName, activity, channelData }
    const { conversations } = this.clientOf(address.serviceUrl)
    const created = await conversations.createConversation(parameters as unknown as ConversationParameters)
    const serviceUrl = created.serviceUrl ?? address.serviceUrl
    return {
      ...rest,
      user,
      bot,
      conversation: { id: created.id },
      ...(serviceUrl === undefined ? {} : { serviceUrl }),
      ...(created.activityId === undefined ? {} : { id: created.activityId }),
    }
  }

  /** Puts a message in the place of the one its address names. */
  async update(message: IMessage): Promise<IChatConnectorAddress> {
    const address: IChatConnectorAddress = message.address
    const { id = '' } = address
    const { conversations } = this.clientOf(address.serviceUrl)
    const activity = { ...withHint(activityOfMessage(message), true), id }
    const response = await conversations.updateActivity(conversationOf(address), id, activity)
    return { ...address, id: response.id || id }
  }

  /** Removes the message the address names. */
  async remove(address: IChatConnectorAddress): Promise<void> {
    const { conversations } = this.clientOf(address.serviceUrl)
    await conversations.deleteActivity(conversationOf(address), address.id ?? '')
  }

  private async sendOne(message: IMessage, isLast: boolean): Promise<IChatConnectorAddress> {
    const given: IChatConnectorAddress = message.address
    const address = given.conversation ? given : await this.start(given)
    const { conversations } = this.clientOf(address.serviceUrl)
    const activity = withHint(activityOfMessage({ ...message, address }), isLast)
    const response = address.id
      ? await conversations.replyToActivity(conversationOf(address), address.id, activity)
      : await conversations.sendToConversation(conversationOf(address), activity)
    return response.id ? { ...address, id: response.id } : address
  }
}

/** Whether the bot waits for something after a message; those before the last of several do not. */
function withHint(activity: Partial<Activity>, isLast: boolean): Partial<Activity> {
  if (activity.type !== ActivityTypes.Message || activity.inputHint) return activity
  return { ...activity, inputHint: isLast ? 'acceptingInput' : 'ignoringInput' }
}

function conversationOf({ conversation }: IAddress): string {
  return conversation?.id ?? ''
}
