import type { TokenFinding } from '../entry.ts'
import type { TokenText } from './token-text.ts'

/** Clocks may differ by as much. */
const TOLERANCE_SECONDS = 300

export function finding(name: string, passed: boolean | null, detail: string): TokenFinding {
  return { name, passed, detail }
}

/** @param detail - What is said when they are equal; otherwise both are shown. */
export function equalFinding(name: string, given: unknown, expected: string, detail: string): TokenFinding {
  if (given === expected) return finding(name, true, detail)
  return finding(name, false, `It is ${shown(given)}, and should be ${shown(expected)}.`)
}

/** Whether a token was good at a time, in seconds since the epoch. */
export function timeFindings({ claims }: TokenText, now: number): readonly TokenFinding[] {
  const { nbf, exp } = claims
  return [
    typeof nbf === 'number'
      ? finding('not before', nbf <= now + TOLERANCE_SECONDS, `It is good ${relative(nbf, now, 'since', 'from')}.`)
      : finding('not before', true, 'It does not say from when on it is good.'),
    typeof exp === 'number'
      ? finding('expiry', exp > now - TOLERANCE_SECONDS, `It ${exp > now ? 'ends' : 'ended'} ${distance(exp, now)}.`)
      : finding('expiry', false, 'It does not say when it ends.'),
  ]
}

/** A value as a sentence names it; tokens can hold anything. */
export function shown(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 200)
}

function relative(time: number, now: number, past: string, future: string): string {
  return `${time <= now ? past : future} ${iso(time)} (${distance(time, now)})`
}

function distance(time: number, now: number): string {
  const seconds = Math.abs(Math.round(time - now))
  const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
  return time > now ? `in ${amount}` : `${amount} ago`
}

function iso(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString()
}
