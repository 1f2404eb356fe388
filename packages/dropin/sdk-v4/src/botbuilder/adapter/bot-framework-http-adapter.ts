import type { TurnContext } from '@parley/core'
import type { INodeBuffer, INodeDuplex, INodeSocket } from '../../streaming/index.ts'
import type { Request, Response } from './web-messages.ts'

/** An adapter that takes activities over HTTP, or over a socket. */
export interface BotFrameworkHttpAdapter {
  process(req: Request, res: Response, logic: (context: TurnContext) => Promise<void>): Promise<void>
  process(
    req: Request,
    socket: INodeSocket,
    head: INodeBuffer,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void>
  process(
    req: Request,
    socket: INodeDuplex,
    head: INodeBuffer,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void>
}
