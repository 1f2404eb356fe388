import { heldOut, offTopic } from '../../test/held-out.ts'
import type { HeldOut } from '../../test/held-out.ts'
import { NONE_INTENT, sortIntents } from '../recognizer.ts'
import { LocalRecognizer } from './local-recognizer.ts'

interface Answer {
  readonly language: string
  readonly text: string
  readonly wanted: string
  readonly got: string
  readonly score: number
}

function ask({ language, model, phrases }: HeldOut): Answer[] {
  const recognizer = new LocalRecognizer(model)
  const questions = Object.entries(phrases).flatMap(([wanted, texts]) => texts.map((text) => ({ wanted, text })))
  const strange = offTopic.map((text) => ({ wanted: NONE_INTENT, text }))
  return [...questions, ...strange].map(({ wanted, text }) => {
    const [top = { intent: '', score: 0 }] = sortIntents(recognizer.recognizeText(text))
    return { language, text, wanted, got: top.intent, score: top.score }
  })
}

const answers = heldOut.flatMap(ask)
const share = (part: readonly Answer[]): number => part.filter(({ wanted, got }) => wanted === got).length / part.length

test.each(heldOut.map(({ language }) => language))('at most one phrase in %s gets another intent', (language) => {
  const wrong = answers.filter((answer) => answer.language === language && answer.wanted !== answer.got)
  expect(wrong.length).toBeLessThanOrEqual(1)
})

test('what is about something else gets None', () => {
  expect(share(answers.filter(({ wanted }) => wanted === NONE_INTENT))).toBe(1)
})

test.each([
  [0, 0.6],
  [0.6, 0.9],
  [0.9, 1],
])('answers with a score from %p to %p are right at least as often as that says', (least, most) => {
  const part = answers.filter(({ score }) => score >= least && score <= most)
  expect(part.length).toBeGreaterThan(0)
  expect(share(part)).toBeGreaterThanOrEqual(least)
})

test('the same data and text give the same result, in whatever order the intents are', () => {
  const [{ model } = { model: { intents: {} } }] = heldOut
  const reversed = { intents: Object.fromEntries(Object.entries(model.intents).toReversed()) }
  const [one, again, other] = [model, model, reversed].map((data) => new LocalRecognizer(data))
  for (const { text } of answers) {
    expect(again?.recognizeText(text)).toEqual(one?.recognizeText(text))
    const scores = Object.entries(one?.recognizeText(text).intents ?? {})
    for (const [intent, { score = 0 }] of scores) {
      expect(other?.recognizeText(text).intents[intent]?.score).toBeCloseTo(score, 9)
    }
  }
})
