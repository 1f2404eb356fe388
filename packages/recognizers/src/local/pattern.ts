import { PatternProblem, parsePattern } from './pattern-syntax.ts'
import type { PatternNode } from './pattern-syntax.ts'
import { isBoundary } from './tokenize.ts'

/** A place in a text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Longest match, in characters. Together with the number of states it bounds the time for a text. */
const MAX_MATCH = 100
const MAX_STATES = 500
const LOW_SURROGATE = /[\udc00-\udfff]/

type State = { readonly kind: 'character'; readonly test: (character: string) => boolean; readonly next: number } | Fork
interface Fork {
  readonly kind: 'fork'
  next: number[]
}

const ACCEPTED = 0

/**
 * Finds whole words that a pattern describes, whatever their case. It follows all ways through the pattern at once and never
 * goes back, so no pattern and no text makes it slow: JavaScript's own regular expressions need hours for some of both.
 */
export class Pattern {
  private readonly states: State[] = [{ kind: 'fork', next: [] }]
  private readonly first: number

  /** @throws {@link PatternProblem} it has a fault, or matches nothing at all. */
  constructor(source: string) {
    this.first = this.build(parsePattern(source), ACCEPTED)
    if (this.follow([this.first]).has(ACCEPTED)) throw new PatternProblem('matches the empty text')
  }

  /** The places that match, from left to right, the longest at each, apart from each other. */
  find(text: string): Span[] {
    const found: Span[] = []
    for (let start = 0; start < text.length; start += 1) {
      const isStart = !LOW_SURROGATE.test(text.charAt(start)) && isBoundary(text, start)
      const end = isStart ? this.endOf(text, start) : undefined
      if (end === undefined) continue
      found.push({ start, end })
      start = end - 1
    }
    return found
  }

  private endOf(text: string, start: number): number | undefined {
    let states = this.follow([this.first])
    let end: number | undefined
    let index = start
    for (const character of text.slice(start, start + MAX_MATCH)) {
      states = this.follow(this.step(states, character))
      if (states.size === 0) break
      index += character.length
      if (states.has(ACCEPTED) && isBoundary(text, index)) end = index
    }
    return end
  }

  private step(states: ReadonlySet<number>, character: string): number[] {
    const next: number[] = []
    for (const index of states) {
      const state = this.states[index]
      if (state?.kind === 'character' && state.test(character)) next.push(state.next)
    }
    return next
  }

  /** Where one can be without reading a character. */
  private follow(starts: readonly number[]): Set<number> {
    const reached = new Set<number>()
    const pending = [...starts]
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (reached.has(index)) continue
      reached.add(index)
      const state = this.states[index]
      if (state?.kind === 'fork') pending.push(...state.next)
    }
    return reached
  }

  /** Adds the states of `node` before the state `next`, and tells the first of them. */
  private build(node: PatternNode, next: number): number {
    switch (node.kind) {
      case 'character':
        return this.add({ kind: 'character', test: node.test, next })
      case 'sequence':
        return node.nodes.reduceRight((following, part) => this.build(part, following), next)
      case 'choice':
        return this.add({ kind: 'fork', next: node.nodes.map((part) => this.build(part, next)) })
      case 'repeat':
        return this.buildRepeat(node.node, node.min, node.max, next)
    }
  }

  private buildRepeat(node: PatternNode, min: number, max: number, next: number): number {
    let first = max === Infinity ? this.buildLoop(node, next) : next
    const optional = max === Infinity ? 0 : max - min
    for (let time = 0; time < optional; time += 1) {
      first = this.add({ kind: 'fork', next: [this.build(node, first), next] })
    }
    for (let time = 0; time < min; time += 1) first = this.build(node, first)
    return first
  }

  private buildLoop(node: PatternNode, next: number): number {
    const fork: Fork = { kind: 'fork', next: [next] }
    const first = this.add(fork)
    fork.next.push(this.build(node, first))
    return first
  }

  private add(state: State): number {
    if (this.states.length >= MAX_STATES) throw new PatternProblem('is too large; repeat less in it')
    return this.states.push(state) - 1
  }
}
