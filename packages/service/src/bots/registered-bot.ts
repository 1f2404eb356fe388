import type { WireAccount } from '../conversations/wire-activity.ts'
import type { AppCredentials } from '../identity/app-credentials.ts'
import type { OAuthConnection } from '../user-tokens/oauth-connection.ts'

/** A bot the service knows, its settings checked. */
export interface RegisteredBot {
  readonly appId: string
  /** Whether it has no app id in truth: it is sent no tokens, and gets none. */
  readonly isAnonymous: boolean
  readonly credentials: AppCredentials
  /** Where activities are posted, e.g. `http://localhost:3978/api/messages`. */
  readonly endpoint: URL
  /** Set for a bot of one tenant; tokens are issued by that tenant only. */
  readonly tenantId?: string
  /** For display. */
  readonly name: string
  readonly referenceGrammarId?: string
  /** The bot as it takes part in conversations. */
  readonly account: WireAccount
  /** What the bot may have its users sign in to. */
  readonly connections: readonly OAuthConnection[]
}
