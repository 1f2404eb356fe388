import type { IConnector } from '../contracts/connectors.ts'
import type { IAddress } from '../contracts/events.ts'

/** Runs a turn that the bot starts itself, in order with the others of the conversation. */
export type ConversationQueue = (address: IAddress, turn: () => Promise<void>) => Promise<void>

const queues = new WeakMap<IConnector, ConversationQueue>()

/** Says in which queue the turns of a connector wait. */
export function provideQueue(connector: IConnector, queue: ConversationQueue): void {
  queues.set(connector, queue)
}

/** The queue of a connector; one of the bot's own has none, and runs turns at once. */
export function queueOf(connector: IConnector | undefined): ConversationQueue {
  return (connector && queues.get(connector)) ?? ((_address, turn) => turn())
}
