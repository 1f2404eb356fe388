import type { OpenSet, OpenValue } from '@parley/core'

/** Value of the invoke `signin/failure`: why single sign-on did not work on the client. */
export interface SigninFailure {
  /** E.g. `resourcematchfailed`, `invokeerror`. */
  code?: string
  message?: string
}

/** Value of the invoke `message/submitAction`: what a person did with the controls Teams adds to a message. */
export interface MessageSubmitAction {
  actionName?: OpenSet<'feedback'>
  /** Of `feedback`: `{ reaction: 'like' | 'dislike', feedback: string }`. */
  actionValue?: OpenValue
}
