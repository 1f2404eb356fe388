import * as streaming from './index.ts'
import {
  ContentStream,
  HttpContent,
  NamedPipeClient,
  NamedPipeServer,
  NodeWebSocket,
  NodeWebSocketFactory,
  NodeWebSocketFactoryBase,
  StreamingRequest,
  StreamingResponse,
  SubscribableStream,
  WebSocketClient,
  WebSocketServer,
} from './index.ts'
import type { ISocket } from './index.ts'

test('every name that botframework-streaming has at run time is exported, and no other', () => {
  expect(Object.keys(streaming).sort()).toEqual([
    'ContentStream',
    'HttpContent',
    'NamedPipeClient',
    'NamedPipeServer',
    'NodeWebSocket',
    'NodeWebSocketFactory',
    'NodeWebSocketFactoryBase',
    'RequestHandler',
    'StreamingRequest',
    'StreamingResponse',
    'SubscribableStream',
    'WebSocketClient',
    'WebSocketServer',
  ])
})

const request = StreamingRequest.create('GET', '/')
const client = new WebSocketClient({ url: 'wss://x', requestHandler: {} as never, disconnectionHandler: () => {} })

test.each([
  ['WebSocketServer.start()', () => new WebSocketServer(new NodeWebSocket()).start()],
  ['WebSocketServer.send()', () => new WebSocketServer(new NodeWebSocket()).send(request)],
  ['WebSocketClient.connect()', () => client.connect()],
  ['WebSocketClient.send()', () => client.send(request)],
  ['NamedPipeServer.start()', () => new NamedPipeServer('pipe').start()],
  ['NamedPipeServer.send()', () => new NamedPipeServer('pipe').send(request)],
  ['NamedPipeClient.connect()', () => new NamedPipeClient('pipe').connect()],
  ['NamedPipeClient.send()', () => new NamedPipeClient('pipe').send(request)],
  ['NodeWebSocket.connect()', () => new NodeWebSocket().connect('wss://x')],
  ['NodeWebSocket.create()', () => new NodeWebSocket().create({}, {} as never, {} as never)],
  [
    'NodeWebSocketFactory.createWebSocket()',
    () => new NodeWebSocketFactory().createWebSocket({}, {} as never, {} as never),
  ],
])('%s is refused, and the error says where to go', async (what, call) => {
  await expect(call()).rejects.toMatchObject({
    code: 'DROPIN_UNSUPPORTED',
    message: `${what} is not supported by the drop-in packages. A streaming connection cannot be opened: let the channel post to the HTTP messages endpoint, and let clients that want a WebSocket open one to Direct Line.`,
  })
})

test('nothing is ever connected, and disconnecting is no fault', () => {
  const server = new WebSocketServer(new NodeWebSocket())
  expect([server.isConnected, new NamedPipeServer('pipe').isConnected, new NodeWebSocket().isConnected]).toEqual([
    false,
    false,
    false,
  ])
  expect(() => [server, client, new NamedPipeClient('pipe')].forEach((each) => each.disconnect())).not.toThrow()
  expect(new NodeWebSocketFactory()).toBeInstanceOf(NodeWebSocketFactoryBase)
})

test('what is missing is named in the words of SDK v4', () => {
  expect(() => new WebSocketServer(null as unknown as ISocket)).toThrow(
    new TypeError('WebSocketServer: Missing socket parameter'),
  )
  expect(() => new NamedPipeServer('')).toThrow(new TypeError('NamedPipeServer: Missing baseName parameter'))
  expect(() => new ContentStream('id', undefined as never)).toThrow('Null Argument Exception')
  expect(() => request.addStream(undefined as never)).toThrow('Argument Undefined Exception: content undefined.')
})

test('a request takes a text as JSON, and content as it is', () => {
  const content = new HttpContent({ type: 'text/plain', contentLength: 3 }, new SubscribableStream())
  const made = StreamingRequest.create('POST', '/a', content)
  expect(made).toMatchObject({ verb: 'POST', path: '/a' })
  expect(made.streams[0]?.content).toBe(content)
  expect(made.streams[0]?.description).toMatchObject({ type: 'text/plain', length: 3 })
  made.setBody('text')
  made.setBody(undefined)
  expect(made.streams).toHaveLength(2)
  expect(String(made.streams[1]?.content.getStream().read())).toBe('"text"')
})

test('a response takes any body as JSON', () => {
  const response = StreamingResponse.create(200)
  response.setBody({ b: 1 })
  expect(response.statusCode).toBe(200)
  expect(response.streams[0]?.content.headers).toEqual({ type: 'application/json; charset=utf-8', contentLength: 7 })
  expect(String(response.streams[0]?.content.getStream().read())).toBe('{"b":1}')
})

test('a stream gives back what is written: to readers, and from then on to a subscriber', () => {
  const stream = new SubscribableStream()
  const heard: string[] = []
  stream.write('abc')
  expect(String(stream.read())).toBe('abc')
  stream.subscribe((chunk: Buffer) => heard.push(String(chunk)))
  stream.write('de')
  expect([heard, stream.length]).toEqual([['de'], 5])
})

test.each([
  ['its length has come', 7, ['{"a":', '1}'], false],
  ['it ends', undefined, ['{"a":1}'], true],
  ['it ends too early', 100, ['{"a":1}'], true],
])('content is read when %s', async (_, contentLength, chunks, ends) => {
  const stream = new SubscribableStream()
  const assembler = { payloadType: 'application/json', getPayloadStream: () => stream, close: () => {} }
  const content = new ContentStream('id', contentLength === undefined ? assembler : { ...assembler, contentLength })
  const read = content.readAsJson()
  for (const chunk of chunks) stream.write(chunk)
  if (ends) stream.end()
  expect(await read).toEqual({ a: 1 })
  expect([content.contentType, content.length, content.getStream()]).toEqual([
    'application/json',
    contentLength,
    stream,
  ])
})
