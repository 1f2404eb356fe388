import { ShowTypingMiddleware as ParleyShowTypingMiddleware } from '@parley/core'

/** Shows that the bot is typing while a message takes long to answer; refuses in v4's way. */
export class ShowTypingMiddleware extends ParleyShowTypingMiddleware {
  /**
   * @param delay - Milliseconds before typing is shown, 0 or more. Default 500.
   * @param period - Milliseconds after which it is shown again, more than 0. Default 2000.
   * @throws Error: one of them is out of bounds.
   */
  constructor(delay = 500, period = 2000) {
    if (delay < 0) throw new Error('Delay must be greater than or equal to zero')
    if (period <= 0) throw new Error('Repeat period must be greater than zero')
    super(delay, period)
  }
}
