import { operationUrl } from '@parley/connector'
import type { AppCredentials } from '../credentials/app-credentials.ts'
import { RestContext } from '../rest/rest-context.ts'

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
    const client = new RestContext(credentials, {}, defaults)
    const url = operationUrl(emulatorUrl, ['api', 'usertoken', 'emulateOAuthCards'], {
      emulate: emulate ? 'true' : 'false',
    })
    const { status } = await client.sendRequest(client.createRequest('POST', url, ''))
    if (status < 200 || status >= 300) throw new Error(`EmulateOAuthCards failed with status code: ${status}`)
    return true
  }
}
