import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** An answer, as far as it came. */
export interface RawAnswer {
  readonly status: number
  /** Names in lower case; of several the last. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Opens a connection, to say on it what no HTTP client would. */
export async function openConnection(serviceUrl: string): Promise<Socket> {
  const { hostname, port } = new URL(serviceUrl)
  const socket = connect(Number(port), hostname)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return socket
}

/** Sends bytes as they are and reads what comes until the service closes, or an answer is complete. */
export async function sendRaw(serviceUrl: string, request: string): Promise<RawAnswer> {
  const socket = await openConnection(serviceUrl)
  let text = ''
  const answer = new Promise<RawAnswer>((resolve) => {
    socket.on('error', () => {})
    socket.on('close', () => resolve(parseAnswer(text)))
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (isComplete(text)) socket.destroy()
    })
  })
  socket.write(Buffer.from(request, 'latin1'))
  return answer
}

function isComplete(text: string): boolean {
  const { status, headers, body } = parseAnswer(text)
  if (status === 101) return true
  return headers['content-length'] !== undefined && body.length >= Number(headers['content-length'])
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '').split('\r\n\r\n')
  const [start = '', ...lines] = head.split('\r\n')
  const fields = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { status: Number(start.split(' ')[1] ?? 0), headers: Object.fromEntries(fields), body: rest.join('\r\n\r\n') }
}
