import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Whether the process that took a lock still runs. `unknown`: it runs, or ran, where process ids mean something else (another
 * container or machine, before a restart of this one), or the system does not tell processes apart that had the same id.
 */
export type OwnerState = 'alive' | 'dead' | 'unknown'

interface Owner {
  readonly pid: number
  /** When the process started, in ticks since the machine did; `0` when the system does not say. */
  readonly start: string
  /** Where its id is valid. */
  readonly place: string
}

const NAME = /^(\d{1,10})\.(\d{1,20})\.([0-9a-f]{8})\.[0-9a-f]{16}$/

let self: Owner | undefined

/** A file name for one thing this process does: who it is, and a random part that makes it unlike any other. */
export function newOwnerName(): string {
  const { pid, start, place } = thisProcess()
  return `${pid}.${start}.${place}.${randomBytes(8).toString('hex')}`
}

/** The process id in a name of {@link newOwnerName}; `undefined` when it is none. */
export function ownerPid(name: string): number | undefined {
  return parse(name)?.pid
}

/** Whether the process that made the name still runs; `undefined` when it is not a name of {@link newOwnerName}. */
export function ownerState(name: string): OwnerState | undefined {
  const owner = parse(name)
  return owner && (owner.place === thisProcess().place ? stateOf(owner) : 'unknown')
}

function parse(name: string): Owner | undefined {
  const [, pid, start, place] = NAME.exec(name) ?? []
  return pid && start && place ? { pid: Number(pid), start, place } : undefined
}

function thisProcess(): Owner {
  self ??= { pid: process.pid, start: processStatus(process.pid)?.start ?? '0', place: placeOfIds() }
  return self
}

/** Linux: this boot of this kernel, and the container's id space. Elsewhere: the machine. */
function placeOfIds(): string {
  const kernel = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))
  const idSpace = attempt(() => readlinkSync('/proc/self/ns/pid'))
  const place = kernel && idSpace ? `${kernel}${idSpace}` : hostname()
  return createHash('sha256').update(place).digest('hex').slice(0, 8)
}

function stateOf({ pid, start }: Owner): OwnerState {
  const status = processStatus(pid)
  if (status) return status.ended || status.start !== start ? 'dead' : 'alive'
  return exists(pid) ? 'unknown' : 'dead'
}

/** Of a process on Linux. One that was killed stays, ended, until its parent takes note. */
function processStatus(pid: number): { start: string; ended: boolean } | undefined {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  // The second field is a name in parentheses, which may contain spaces and parentheses; the third is the state.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  const start = fields?.[19]
  return start === undefined ? undefined : { start, ended: /[ZXx]/.test(fields?.[0] ?? '') }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function attempt(read: () => string): string | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
