/**
 * Who called, as `callerId` tells a handler. The value is derived from the verified token; what stands in the body is
 * dropped (A2251, A2252).
 */
export const CallerIdConstants = {
  /** The public Azure channel service. */
  PublicAzureChannel: 'urn:botframework:azure',
  /** The channel service of the US Government cloud. */
  USGovChannel: 'urn:botframework:azureusgov',
  /** Another bot; its app id follows. */
  BotToBotPrefix: 'urn:botframework:aadappid:',
} as const
