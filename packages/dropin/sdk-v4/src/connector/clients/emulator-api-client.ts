import type { AppCredentials } from '../credentials/app-credentials.ts'
import { RestContext } from '../rest/rest-context.ts'
import { callService } from '../rest/operation.ts'

/** What only the Emulator can do. */
export class EmulatorApiClient {
  /**
   * Has the Emulator play OAuth cards.
   *
   * @returns `true`.
   * @throws Error - It did not take it; the text is v4's and names the status.
   */
  static async emulateOAuthCards(credentials: AppCredentials, emulatorUrl: string, emulate: boolean): Promise<boolean> {
    const defaults = { baseUri: emulatorUrl, userAgent: 'botframework-connector/4.0.0' }
    const client = new RestContext(credentials, { baseUri: emulatorUrl }, defaults)
    const path = ['api', 'usertoken', 'emulateOAuthCards']
    const query = { emulate: String(!!emulate) }
    try {
      await callService(client, undefined, () => ({ method: 'POST', path, query, body: '' }))
    } catch (cause) {
      const { statusCode } = cause as { statusCode?: number }
      if (statusCode === undefined) throw cause
      throw new Error(`EmulateOAuthCards failed with status code: ${statusCode}`, { cause })
    }
    return true
  }
}
