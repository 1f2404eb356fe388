/** What bots write when they refuse a token, and what it means. */
const MEANINGS: readonly (readonly [text: RegExp, meaning: string])[] = [
  [/ServiceUrl claim do(?:es)? not match/i, 'the serviceurl claim and the serviceUrl of the activity differ'],
  [/Invalid AppId passed on token/i, 'the token is for another app id than the bot has'],
  [/Issuer Claim MUST be present/i, 'the token does not say who issued it'],
  [/Is not authenticated|No valid identity/i, 'the bot could not verify the token with the keys it has'],
  [/Skill Claims require validation/i, 'the bot took the token for one of another bot'],
  [/Request is not authorized/i, 'the bot found no token'],
  [/endorsement/i, 'the key does not vouch for the channel'],
]

/** What the bot says about its refusal; `undefined` when that says nothing. */
export function explainRefusal(body: string): string | undefined {
  const known = MEANINGS.find(([text]) => text.test(body))
  if (known) return `The bot says that ${known[1]}.`
  const id = /"error"\s*:\s*\{[^{}]*"id"\s*:\s*"([\w-]{1,64})"/.exec(body)?.[1]
  return id === undefined
    ? undefined
    : `The bot's log tells why, under the id ${id}: look for a code that begins with AUTH_.`
}
