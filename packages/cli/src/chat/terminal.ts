import type { CommandIo } from '../command.ts'
import type { Style } from '../output.ts'
import { stripToLine } from './strip-controls.ts'

/** How texts look where they are shown. */
export interface Terminal {
  /** Columns there are. */
  readonly width: number
  paint(style: Style, text: string): string
  /** A text that can be clicked, or the text with the address behind it where that is not known. */
  link(text: string, url: string): string
}

/** Terminals that say who they are and are known to understand links (OSC 8). */
const LINKING_PROGRAMS: ReadonlySet<string> = new Set([
  'iTerm.app',
  'WezTerm',
  'vscode',
  'ghostty',
  'Hyper',
  'Tabby',
  'rio',
])
/** What may be behind a link; anything else is shown and not linked. */
const LINKED_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** The terminal of a command, or the plain output of a pipe. */
export function terminalOf(
  { stdout, env }: CommandIo,
  paint: (style: Style, text: string) => string,
  width: number,
): Terminal {
  const isLinking = stdout.isTTY === true && understandsLinks(env)
  return { width, paint, link: (text, url) => (isLinking ? clickable(text, url) : plainLink(text, url)) }
}

function understandsLinks(env: CommandIo['env']): boolean {
  const { TERM = '', TERM_PROGRAM = '', VTE_VERSION = '0', WT_SESSION, KONSOLE_VERSION, FORCE_HYPERLINK } = env
  if (FORCE_HYPERLINK !== undefined) return FORCE_HYPERLINK !== '0'
  if (TERM === 'dumb') return false
  return (
    LINKING_PROGRAMS.has(TERM_PROGRAM) ||
    Number(VTE_VERSION) >= 5000 ||
    Boolean(WT_SESSION ?? KONSOLE_VERSION) ||
    /kitty|alacritty|foot/.test(TERM)
  )
}

function clickable(text: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  // The address that `URL` writes has neither spaces nor control characters.
  if (!url || !LINKED_SCHEMES.has(url.protocol)) return plainLink(text, address)
  return `\u001b]8;;${url.href}\u001b\\${stripToLine(text)}\u001b]8;;\u001b\\`
}

function plainLink(text: string, address: string): string {
  const [shown, url] = [stripToLine(text), stripToLine(address)]
  // Files inside an address are no use to anybody.
  if (url.startsWith('data:')) return `${shown} (${url.slice(0, url.indexOf(',') + 1 || 20).slice(0, 40)}…)`
  return shown === '' || shown === url ? url : url === '' ? shown : `${shown} (${url})`
}
