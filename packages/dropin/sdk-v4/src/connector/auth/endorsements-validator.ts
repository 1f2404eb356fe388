import { AuthenticationError } from './authentication-error.ts'

/** Whether a signing key may speak for a channel. */
export class EndorsementsValidator {
  /**
   * @param channelId - Empty: every key may.
   * @throws {@link AuthenticationError} 401: there are no endorsements to look into.
   */
  static validate(channelId: string, endorsements: string[]): boolean {
    if (channelId === null || channelId.trim() === '') return true
    if (endorsements === null) throw new AuthenticationError('endorsements required', 401)
    return [...(endorsements ?? [])].includes(channelId)
  }
}
