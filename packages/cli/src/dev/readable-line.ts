import type { Output, Style } from '../output.ts'

/** Levels of pino, the logger of Parley's templates, by number. */
const LEVELS: ReadonlyMap<unknown, readonly [name: string, style: Style]> = new Map([
  [10, ['trace', 'dim']],
  [20, ['debug', 'dim']],
  [30, ['info', 'green']],
  [40, ['warn', 'yellow']],
  [50, ['error', 'red']],
  [60, ['fatal', 'red']],
])

/** What says nothing on one machine, or is shown in another way. */
const LEFT_OUT: ReadonlySet<string> = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg', 'err', 'v'])

/** A line of JSON that a logger wrote, as people read it; any other line as it is. */
export function readableLine(line: string, output: Pick<Output, 'paint'>): string {
  const entry = line.startsWith('{') ? parse(line) : {}
  const level = LEVELS.get(entry['level'])
  if (!level || typeof entry['msg'] !== 'string') return line
  const [name, style] = level
  const facts = Object.entries(entry)
    .filter(([key]) => !LEFT_OUT.has(key))
    .map(
      ([key, value]) =>
        ` ${output.paint('dim', `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)}`,
    )
  return `${output.paint(style, name)} ${entry['msg']}${facts.join('')}${stackOf(entry['err'])}`
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line)) as Record<string, unknown>
  } catch {
    return {}
  }
}

function stackOf(error: unknown): string {
  const { stack } = Object(error) as { readonly stack?: unknown }
  return typeof stack === 'string' ? `\n${stack}` : ''
}
