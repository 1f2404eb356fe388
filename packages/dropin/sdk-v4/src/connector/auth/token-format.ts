/** Whether a header is `Bearer`, one space, and something. */
export function isValidTokenFormat(authHeader: string): boolean {
  const parts = authHeader?.trim().split(' ') ?? []
  return parts.length === 2 && parts[0] === 'Bearer'
}
