import type { AppCredentials } from '../credentials/app-credentials.ts'
import { RestContext } from '../rest/rest-context.ts'
import { callService } from '../rest/operation.ts'

/** What only the Emulator can do. */
export class EmulatorApiClient {
  /**
   * Has the Emulator play OAuth cards.
   *
   * @returns Whether it took it.
   */
  static async emulateOAuthCards(credentials: AppCredentials, emulatorUrl: string, emulate: boolean): Promise<boolean> {
    const defaults = { baseUri: emulatorUrl, userAgent: 'botframework-connector/4.0.0' }
    const client = new RestContext(credentials, { baseUri: emulatorUrl }, defaults)
    const path = ['api', 'usertoken', 'emulateOAuthCards']
    const query = { emulate: String(!!emulate) }
    await callService(client, undefined, () => ({ method: 'POST', path, query, body: '' }))
    return true
  }
}
