/** What the numbers of the login service mean for a bot, and what to do. */
const MEANINGS: ReadonlyMap<number, readonly [meaning: string, advice: string]> = new Map([
  [
    7000215,
    ['The password is wrong.', 'Set MicrosoftAppPassword to the value of a client secret of the app, not to its id.'],
  ],
  [
    7000222,
    ['The password has expired.', 'Make a new client secret for the app, and set MicrosoftAppPassword to its value.'],
  ],
  [
    700016,
    [
      'The tenant that was asked does not know the app.',
      'Check MicrosoftAppId, and whether MicrosoftAppType and MicrosoftAppTenantId are those the bot is registered with.',
    ],
  ],
  [90002, ['There is no such tenant.', 'Check MicrosoftAppTenantId.']],
  [900023, ['The tenant is neither an id nor a domain.', 'Check MicrosoftAppTenantId.']],
  [7000112, ['The app is disabled.', 'Enable it in the tenant it is registered in.']],
  [7000229, ['The app has no service principal in the tenant.', 'Have an administrator of the tenant add the app.']],
  [
    700027,
    [
      'The certificate does not belong to the app.',
      'Add the certificate to the app, or correct CertificateThumbprint.',
    ],
  ],
  [
    500011,
    ['The tenant does not know the Bot Framework.', 'Is the tenant one of the cloud that ChannelService names?'],
  ],
  [53003, ['A policy of the tenant forbids it.', 'Ask an administrator of the tenant about conditional access.']],
  [70011, ['The scope is not valid.', 'Remove ToChannelFromBotOAuthScope from the settings.']],
  [1002012, ['The scope is not valid.', 'Remove ToChannelFromBotOAuthScope from the settings.']],
])

/** The number of an error of the login service: the first of `error_codes`, or what its description begins with. */
export function aadstsOf(answer: unknown): number | undefined {
  const { error_codes: codes, error_description: description } = Object(answer) as Record<string, unknown>
  const [first] = Array.isArray(codes) ? (codes as unknown[]) : []
  if (typeof first === 'number') return first
  const text = typeof description === 'string' ? /^AADSTS(\d{1,10})\b/.exec(description)?.[1] : undefined
  return text === undefined ? undefined : Number(text)
}

/** The number in words. */
export function explainAadsts(number: number): { readonly meaning: string; readonly advice: string } {
  const [meaning, advice] = MEANINGS.get(number) ?? [
    'The login service refused.',
    `See https://login.microsoftonline.com/error?code=${number}.`,
  ]
  return { meaning: `${meaning} (AADSTS${number})`, advice }
}
