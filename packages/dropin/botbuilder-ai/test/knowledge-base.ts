import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OpenValue } from '@parley/core'

/** A knowledge base of custom question answering on loopback. */
export interface KnowledgeBase {
  readonly host: string
  /** What was asked, in order. */
  readonly questions: OpenValue[]
  /** Which deployments were asked. */
  readonly deployments: (string | null)[]
  /** What users found right. */
  readonly feedback: OpenValue[]
  close(): Promise<void>
}

/** @param replies - One for each question; the last one goes on. */
export async function startKnowledgeBase(...replies: object[][]): Promise<KnowledgeBase> {
  const questions: OpenValue[] = []
  const deployments: (string | null)[] = []
  const feedback: OpenValue[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://service.test')
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
      if (pathname.endsWith('/feedback')) {
        feedback.push(...body.records)
        response.writeHead(204).end()
        return
      }
      const answers = replies[Math.min(questions.length, replies.length - 1)]
      questions.push(body)
      deployments.push(searchParams.get('deploymentName'))
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ answers }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    questions,
    deployments,
    feedback,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** An answer as the service gives it; prompts are texts with the ids of their answers. */
export function answer(id: number, confidenceScore: number, prompts: Record<string, number> = {}, more = {}): object {
  const followUps = Object.entries(prompts).map(([displayText, qnaId], displayOrder) => ({
    displayOrder,
    qnaId,
    displayText,
  }))
  const texts = { questions: [`q${id}`, `alt${id}`], answer: `A${id}`, source: 's', metadata: {} }
  return { id, confidenceScore, ...texts, dialog: { isContextOnly: false, prompts: followUps }, ...more }
}

/** What the service says when it has no answer. */
export const defaultAnswer: object = answer(-1, 0, {}, { answer: 'No answer found', questions: [] })
