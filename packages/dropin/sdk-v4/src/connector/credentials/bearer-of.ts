import { createWebResource } from '../../stdlib/index.ts'
import type { ServiceClientCredentials } from '../../stdlib/index.ts'

/** The bearer that credentials put on a request; `undefined` when they leave it unsigned. */
export async function bearerOf(credentials: ServiceClientCredentials): Promise<string | undefined> {
  const signed = await credentials.signRequest(createWebResource({ url: 'https://localhost/' }))
  const header = signed?.headers.get('authorization')
  return header?.replace(/^Bearer /i, '')
}
