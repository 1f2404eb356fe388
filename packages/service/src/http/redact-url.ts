const MAX_PATH_CHARS = 128

/** A request's path for the log: the values of query parameters, which may be tokens or codes, are left out. */
export function redactUrl(url: string): string {
  const start = url.indexOf('?')
  const path = printable((start === -1 ? url : url.slice(0, start)).slice(0, MAX_PATH_CHARS))
  if (start === -1) return path
  const names = [...new URLSearchParams(url.slice(start + 1)).keys()].slice(0, 16)
  return `${path}?${names.map((name) => `${encodeURIComponent(name).slice(0, 32)}=…`).join('&')}`
}

/** Node accepts bytes in addresses that terminals take for commands. */
function printable(path: string): string {
  return path.replace(/[^\u0021-\u007e]/g, '?')
}
