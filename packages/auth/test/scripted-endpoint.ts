import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { answerJson } from './identity-server.ts'
import type { IdentityServer } from './identity-server.ts'

export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** What a token endpoint was asked. */
export interface Asked {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A token endpoint that answers its calls in turn and remembers them. */
export class ScriptedEndpoint {
  readonly asked: Asked[] = []
  private readonly server: IdentityServer
  private answers: Answer[] = []

  /** @param path - With its query, if it has one: other questions are answered with 404. */
  constructor(server: IdentityServer, path: string) {
    this.server = server
    server.reset()
    server.routes.set(path, (request, response, body) => {
      this.asked.push({ headers: request.headers, body })
      const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0]
      answer?.(request, response, body)
    })
    this.script(issue())
  }

  get url(): string {
    return this.server.url
  }

  /** The last answer stays. */
  script(...answers: Answer[]): void {
    this.answers = answers
  }

  form(index: number): URLSearchParams {
    return new URLSearchParams(this.asked[index]?.body)
  }
}

/** Answers with `token-1`, `token-2`, … */
export function issue(change: object = {}): Answer {
  let issued = 0
  return (_request, response) => {
    issued += 1
    answerJson(response, 200, { token_type: 'Bearer', expires_in: 3600, access_token: `token-${issued}`, ...change })
  }
}

export function fail(status: number, body: object = {}, headers: Record<string, string> = {}): Answer {
  return (_request, response) => answerJson(response, status, body, headers)
}

export const reset: Answer = (_request, response) => {
  response.destroy()
}

export const hang: Answer = () => {}
