/** Content types by the ends of names. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '.bmp': 'image/bmp',
    '.csv': 'text/csv',
    '.gif': 'image/gif',
    '.htm': 'text/html',
    '.html': 'text/html',
    '.jpeg': 'image/jpeg',
    '.jpg': 'image/jpeg',
    '.json': 'application/json',
    '.mp3': 'audio/mpeg',
    '.mp4': 'video/mp4',
    '.pdf': 'application/pdf',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.txt': 'text/plain',
    '.wav': 'audio/wav',
    '.webm': 'video/webm',
    '.webp': 'image/webp',
  }),
)

/** The content type of a file by the end of its name or path; `undefined` when it is not a common one. */
export function contentTypeOf(path: string): string | undefined {
  return EXTENSIONS.get(/[^/\\](\.[^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '')
}
