/** Whether `new URL(text)` succeeds. Not `URL.canParse`: once optimised, Node 20 misreads letters beyond ASCII in it. */
export function isUrl(text: string): boolean {
  try {
    return new URL(text).href !== ''
  } catch {
    return false
  }
}
