/** What stands in the place of a secret. */
export const HIDDEN = '[hidden]'

/** Tokens of every issuer here are JSON Web Tokens; a piece of one, cut off at the end of a body, counts too. */
const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g

/** Members of JSON whose text is a secret by their name. */
const SECRET_MEMBER =
  /("(?:\w*(?:secret|password|assertion)|(?:\w+_)?token|ssoToken|sasUrl)"\s*:\s*)"(?:[^"\\]|\\.)*(?:"|$)/gi

/** The code a user carries from the sign-in page to the chat. */
const MAGIC_CODE = /("(?:code|state)"\s*:\s*)"\d{6}"/g

/** Parameters of addresses and forms whose value is a secret. */
const SECRET_PARAMETER =
  /((?:^|[?&])(?:client_secret|client_assertion|\w*token|t|code|code_challenge|signin|sig|password|assertion)=)[^&"\s#\\]+/gi

/** What every secret that is known by its looks or its name has in it: most texts have nothing of it, and are not searched. */
const SUSPICIOUS =
  /eyJ|token|secret|password|assertion|sasUrl|"(?:code|state)"|(?:^|[?&])(?:t|code|code_challenge|signin|sig)=/i

const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'cookie',
  'set-cookie',
  'proxy-authorization',
  'x-identity-header',
])

/** Headers that are in every message and hold no secrets. */
const PLAIN_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'date',
  'host',
  'keep-alive',
  'sec-fetch-mode',
  'transfer-encoding',
  'user-agent',
  'x-content-type-options',
  'x-correlating-operationid',
])

/** More than this of a header is of no use to anybody. */
const MAX_HEADER_CHARS = 1024

/**
 * Takes secrets out of a text: a body, or an address. It works on the text and not on what it means, so that it also works on
 * what is cut off, badly formed or nested.
 *
 * @param secrets - Texts that are secrets wherever they stand.
 */
export function redactText(text: string, secrets: Iterable<string> = []): string {
  let clean = SUSPICIOUS.test(text) ? withoutSuspicious(text) : text
  for (const secret of secrets) if (clean.includes(secret)) clean = clean.replaceAll(secret, HIDDEN)
  return clean
}

function withoutSuspicious(text: string): string {
  return text
    .replace(JSON_WEB_TOKEN, HIDDEN)
    .replace(SECRET_MEMBER, `$1"${HIDDEN}"`)
    .replace(MAGIC_CODE, `$1"${HIDDEN}"`)
    .replace(SECRET_PARAMETER, `$1${HIDDEN}`)
}

/** Headers as they may be shown: credentials lose all but their scheme. */
export function redactHeaders(
  headers: Readonly<Record<string, string | number | readonly string[] | undefined>>,
  secrets: Iterable<string> = [],
): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue
    const lower = name.toLowerCase()
    const text = String(value).slice(0, MAX_HEADER_CHARS)
    if (PLAIN_HEADERS.has(lower)) shown[lower] = text
    else if (lower === 'authorization') shown[lower] = schemeOf(text)
    else shown[lower] = SECRET_HEADERS.has(lower) ? HIDDEN : redactText(text, secrets)
  }
  return shown
}

function schemeOf(authorization: string): string {
  const scheme = /^([A-Za-z][\w-]{0,31}) /.exec(authorization)?.[1]
  return scheme === undefined ? HIDDEN : `${scheme} ${HIDDEN}`
}
