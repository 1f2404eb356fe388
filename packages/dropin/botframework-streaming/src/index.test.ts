import { NodeWebSocketFactory } from '@parley/botframework-streaming'
import { NodeWebSocketFactory as deep } from '@parley/botframework-streaming/lib/webSocket/factories'
import type { INodeBuffer } from '@parley/botframework-streaming/lib/interfaces'

test('paths into lib/ give the same classes as the package', () => {
  expect(deep).toBe(NodeWebSocketFactory)
})

test("Node's Buffer is an INodeBuffer", () => {
  const head: INodeBuffer = Buffer.alloc(1)
  expect(head).toHaveLength(1)
})
