import type { OpenValue } from '@parley/core'

/** How a prompt signs a user in. */
export interface OAuthPromptSettings {
  /** Credentials for the token service, in place of the adapter's; only adapters of SDK v4 take them. */
  oAuthAppCredentials?: { signRequest(webResource: OpenValue): Promise<OpenValue> }
  /** The sign-in, as it is configured for the bot. */
  connectionName: string
  /** What the button of the card shows. */
  title: string
  /** What the card says. */
  text?: string
  /** How long the user may take, in milliseconds. Default 900 000: 15 minutes. */
  timeout?: number
  /** Whether a message that is no code ends the prompt, without a token. Default: it is passed over. */
  endOnInvalidMessage?: boolean
  /**
   * Whether the card has the link that signs the user in. Default: where the channel or the caller needs it. Always there when
   * the bot is a skill, with its own credentials, and on streaming connections.
   */
  showSignInLink?: boolean
}
