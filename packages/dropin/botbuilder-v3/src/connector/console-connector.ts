// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { toError } from '@parley/core/internal'
import { NO_ERROR } from '../callbacks.ts'
import type { IConnector } from '../contracts/connectors.ts'
import type { IAddress, IEvent, IMessage } from '../contracts/events.ts'
import { consoleLogger } from './console-logger.ts'

/** Talks with a bot in the terminal. */
export class ConsoleConnector implements IConnector {
  private eventHandler: ((events: IEvent[], callback?: (err: Error) => void) => void) | undefined
  private replies = 0

  /** Takes each line of the standard input as a message, until `quit` or its end. */
  listen(): ConsoleConnector {
    const lines = createInterface({ input: process.stdin, terminal: false })
    lines.on('line', (line) => {
      if (/^quit$/i.test(line.trim())) lines.close()
      else this.processMessage(line)
    })
    return this
  }

  processMessage(line: string): ConsoleConnector {
    const { user, address } = addressOfConsole()
    const timestamp = new Date().toISOString()
    const message = { type: 'message', agent: 'botbuilder', source: 'console', text: line, timestamp, user, address }
    return this.processEvent(message as unknown as IEvent)
  }

  processEvent(event: IEvent): ConsoleConnector {
    this.eventHandler?.([event], (err) => {
      if (err) consoleLogger.error({ ev: 'turn.failed', err }, 'A turn failed.')
    })
    return this
  }

  /** There are no invokes in a terminal. */
  onInvoke(_handler: (event: IEvent, cb?: (err: Error, body: any, status?: number) => void) => void): void {}

  onEvent(handler: (events: IEvent[], callback?: (err: Error) => void) => void): void {
    this.eventHandler = handler
  }

  send(messages: IMessage[], callback: (err: Error, addresses?: IAddress[]) => void): void {
    this.write(messages).then(
      (addresses) => callback(NO_ERROR, addresses),
      (error: unknown) => callback(toError(error)),
    )
  }

  startConversation(address: IAddress, callback: (err: Error, address?: IAddress) => void): void {
    callback(NO_ERROR, { ...address, conversation: { id: 'Convo1' } })
  }

  private async write(messages: readonly IMessage[]): Promise<IAddress[]> {
    const addresses: IAddress[] = []
    for (const message of messages) {
      if (message.type === 'delay') await sleep(Number(message.value) || 0)
      if (message.type === 'message') {
        if (message.text) process.stdout.write(`${message.text}\n`)
        for (const attachment of message.attachments ?? []) process.stdout.write(`${JSON.stringify(attachment)}\n`)
      }
      this.replies += 1
      addresses.push({ ...message.address, id: String(this.replies) } as IAddress)
    }
    return addresses
  }
}

function addressOfConsole(): { user: IAddress['user']; address: IAddress } {
  const user = { id: 'user', name: 'User1' }
  const bot = { id: 'bot', name: 'Bot' }
  return { user, address: { channelId: 'console', user, bot, conversation: { id: 'Convo1' } } }
}
