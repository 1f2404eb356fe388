const MAX_PATH_CHARS = 128
const MAX_NAMES = 16

/** Names of query parameters are shown when they look like one and have a value: without, the name may be the secret. */
const NAME = /^([\w.-]{1,24})=/

/** A request's path for the log: the values of query parameters, which may be tokens or codes, are left out. */
export function redactUrl(url: string): string {
  const start = url.indexOf('?')
  const path = printable((start === -1 ? url : url.slice(0, start)).slice(0, MAX_PATH_CHARS))
  if (start === -1) return path
  const parameters = url.slice(start + 1).split('&', MAX_NAMES)
  return `${path}?${parameters.map((parameter) => NAME.exec(parameter)?.[0].concat('…') ?? '…').join('&')}`
}

/** Node accepts bytes in addresses that terminals take for commands. */
function printable(path: string): string {
  return path.replace(/[^\u0021-\u007e]/g, '?')
}
