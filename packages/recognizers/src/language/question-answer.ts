import { numberOf, objectOf, objectsOf, scoreOf, textOf, textsOf } from './json.ts'
import type { JsonObject } from './json.ts'

/** An answer of a knowledge base, in the shape QnA Maker gave. */
export interface QuestionAnswer {
  /** Of the pair of questions and answer; what a prompt and feedback refer to. */
  readonly id: number
  /** Markdown. */
  readonly answer: string
  /** 0 to 1. */
  readonly score: number
  /** Questions this is the answer to. */
  readonly questions: readonly string[]
  /** Document or page it is from. */
  readonly source: string
  readonly metadata: readonly QuestionMetadata[]
  /** What may follow. */
  readonly context: { readonly isContextOnly: boolean; readonly prompts: readonly QuestionPrompt[] }
  /** The part of the answer that answers just this question, when a precise answer was asked for and there is one. */
  readonly answerSpan?: QuestionAnswerSpan | undefined
}

/** A fact about an answer, by which answers are filtered. */
export interface QuestionMetadata {
  readonly name: string
  readonly value: string
}

/** A question that may follow an answer. */
export interface QuestionPrompt {
  readonly displayOrder: number
  /** Id of its answer; asked for with `qnaId`. */
  readonly qnaId: number
  readonly displayText: string
}

/** A part of an answer. */
export interface QuestionAnswerSpan {
  readonly text: string
  /** 0 to 1. */
  readonly score: number
  readonly startIndex: number
  /** Behind its last character. */
  readonly endIndex: number
}

/** Id of what the service answers when it knows no answer. */
const DEFAULT_ANSWER = -1

/** The answers less what the project says when it has none. */
export function withoutDefaultAnswer(answers: readonly QuestionAnswer[]): QuestionAnswer[] {
  return answers.filter(({ id }) => id !== DEFAULT_ANSWER)
}

/**
 * Reads the answers of custom question answering.
 *
 * @returns `undefined`: the value is no list of answers.
 * @see https://learn.microsoft.com/rest/api/language/question-answering/question-answering/get-answers
 */
export function readAnswers(value: unknown): QuestionAnswer[] | undefined {
  const { answers } = objectOf(value)
  if (!Array.isArray(answers)) return undefined
  return objectsOf(answers).map(readAnswer)
}

function readAnswer(answer: JsonObject): QuestionAnswer {
  const { isContextOnly, prompts } = objectOf(answer['dialog'])
  const read = {
    id: numberOf(answer['id']),
    answer: textOf(answer['answer']),
    score: scoreOf(answer['confidenceScore']),
    questions: textsOf(answer['questions']),
    source: textOf(answer['source']),
    metadata: Object.entries(objectOf(answer['metadata'])).map(([name, fact]) => ({ name, value: textOf(fact) })),
    context: { isContextOnly: isContextOnly === true, prompts: objectsOf(prompts).map(readPrompt).toSorted(byOrder) },
  }
  const span = readSpan(objectOf(answer['answerSpan']))
  return span ? { ...read, answerSpan: span } : read
}

function readPrompt(prompt: JsonObject): QuestionPrompt {
  return {
    displayOrder: numberOf(prompt['displayOrder']),
    qnaId: numberOf(prompt['qnaId']),
    displayText: textOf(prompt['displayText']),
  }
}

function byOrder(one: QuestionPrompt, other: QuestionPrompt): number {
  return one.displayOrder - other.displayOrder
}

function readSpan({ text, confidenceScore, offset, length }: JsonObject): QuestionAnswerSpan | undefined {
  if (typeof text !== 'string' || text === '') return undefined
  const startIndex = numberOf(offset)
  return { text, score: scoreOf(confidenceScore), startIndex, endIndex: startIndex + numberOf(length) }
}
