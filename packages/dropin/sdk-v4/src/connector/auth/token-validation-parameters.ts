/** Which tokens are accepted, as v4 writes it down. The lists may be changed; they are read for every request. */
export interface TokenValidationParameters {
  issuer?: string | string[] | undefined
  audience?: string | undefined
  /** Seconds. */
  clockTolerance?: number | undefined
  ignoreExpiration?: boolean | undefined
}

/** Tokens of the Emulator and of other bots. */
export const ToBotFromBotOrEmulatorTokenValidationParameters: TokenValidationParameters = {
  issuer: [
    'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
    'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0',
    'https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/',
    'https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0',
    'https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/',
    'https://sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e/',
    'https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0',
    'https://login.microsoftonline.us/f8cdef31-a31e-4b4a-93e4-5f571e91255a/',
    'https://login.microsoftonline.us/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0',
  ],
  audience: undefined,
  clockTolerance: 300,
  ignoreExpiration: false,
}

/** Tokens of the Direct Line App Service Extension; the issuers are those of the bot's tenant, see `AseChannelValidation.init`. */
export const BetweenBotAndAseChannelTokenValidationParameters: TokenValidationParameters = {
  issuer: [],
  audience: undefined,
  clockTolerance: 300,
  ignoreExpiration: false,
}

/** Tokens of a channel service. */
export function channelTokenParameters(issuer: string): TokenValidationParameters {
  return { issuer: [issuer], audience: undefined, clockTolerance: 300, ignoreExpiration: false }
}

/** The issuers of `parameters`, whatever form they have. */
export function issuersOf({ issuer }: TokenValidationParameters): string[] {
  return issuer === undefined ? [] : [issuer].flat()
}
