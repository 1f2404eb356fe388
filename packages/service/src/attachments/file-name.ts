const DEFAULT_NAME = 'file'
const MAX_CHARS = 128
const MAX_EXTENSION_CHARS = 16

/** Nobody's file is called so; looking through more would take a time that grows with its square. */
const MAX_GIVEN_CHARS = 1024

/** Characters that are no part of a name: of paths, of control, and those that change the direction of the text around them. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN = /[\p{Cs}\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff<>:"|?*\\/]/gu

/** Names that are devices on Windows, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * The name of an uploaded file, made safe to be stored, shown and offered for download: the last part of a path, without
 * characters that lead elsewhere or deceive, at most 128 characters.
 */
export function safeFileName(name: string | undefined): string {
  const last = (name ?? '').slice(-MAX_GIVEN_CHARS).split(/[\\/]/).at(-1) ?? ''
  const clean = last.replace(FORBIDDEN, '_').replace(/^[\s.]+|[\s.]+$/g, '')
  if (clean === '') return DEFAULT_NAME
  return shorten(DEVICE.test(clean) ? `_${clean}` : clean)
}

/** The header that makes browsers save a file instead of showing it, whatever it is. */
export function attachmentDisposition(name: string): string {
  const ascii = name.replace(/[^\u0020-\u007e]|[%"\\]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** Keeps the extension, by which programs choose what to open a file with. */
function shorten(name: string): string {
  const chars = Array.from(name)
  if (chars.length <= MAX_CHARS) return name
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && name.length - dot <= MAX_EXTENSION_CHARS ? name.slice(dot) : ''
  return chars.slice(0, MAX_CHARS - extension.length).join('') + extension
}
