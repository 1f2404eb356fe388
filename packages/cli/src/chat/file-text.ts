import { textOf } from '../direct-line/wire-activity.ts'
import type { WireFields } from '../direct-line/wire-activity.ts'
import { stripToLine } from './strip-controls.ts'
import type { Terminal } from './terminal.ts'

/** A file: what it is, its name, its size where it is known, and where it is. What is no file, too, by its type. */
export function fileText(attachment: WireFields, terminal: Terminal): string[] {
  const contentType = stripToLine(textOf(attachment['contentType'])) || 'unknown type'
  const address = textOf(attachment['contentUrl'])
  const kind = /^(image|audio|video)\//.exec(contentType)?.[1] ?? 'file'
  const name = stripToLine(textOf(attachment['name'])) || nameOf(address)
  if (address === '') return [terminal.paint('dim', `[attachment of type ${contentType}${name ? `: ${name}` : ''}]`)]
  const size = sizeOf(address)
  return [
    terminal.link(`[${kind}${name ? `: ${name}` : ''}, ${[contentType, size].filter(Boolean).join(', ')}]`, address),
  ]
}

function nameOf(address: string): string {
  if (!URL.canParse(address) || address.startsWith('data:')) return ''
  const last = new URL(address).pathname.split('/').at(-1) ?? ''
  return last.includes('.') ? stripToLine(last) : ''
}

/** Only `data:` addresses say how long they are. */
function sizeOf(address: string): string {
  const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(address) ?? []
  if (base64 === undefined) return ''
  const bytes = Math.floor((base64.replace(/=+$/, '').length * 3) / 4)
  return bytes < 1024
    ? `${bytes} bytes`
    : bytes < 1024 * 1024
      ? `${(bytes / 1024).toFixed(1)} KB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
