import { AssertionError } from 'node:assert'
import { createManagedIdentityTokenSource, managedIdentityEndpointFrom } from '@parley/auth'
import type { AccessToken, TokenCredential } from '../../stdlib/index.ts'
import { audienceOf } from './app-credentials.ts'
import { sharedTokenSource } from './shared-token-sources.ts'

/** Makes what gives the tokens of a managed identity. */
export interface IJwtTokenProviderFactory {
  createAzureServiceTokenProvider(appId: string): TokenCredential
}

/** Managed identities of the platform the bot runs on, found as its environment variables say. */
export class JwtTokenProviderFactory implements IJwtTokenProviderFactory {
  createAzureServiceTokenProvider(appId: string): TokenCredential {
    if (!appId?.trim()) {
      const message = 'jwtTokenProviderFactory.createAzureServiceTokenProvider(): missing appId.'
      throw new AssertionError({ message })
    }
    return { getToken: (scopes) => managedIdentityToken(appId, [scopes].flat()[0] ?? '') }
  }
}

/** The platform's answer does not come through with its end; the source keeps the token and renews it. */
const ASK_AGAIN_MS = 10 * 60_000

async function managedIdentityToken(appId: string, scope: string): Promise<AccessToken> {
  const token = await managedIdentitySource(appId).getToken(audienceOf(scope))
  return { token: token ?? '', expiresOnTimestamp: Date.now() + ASK_AGAIN_MS }
}

/** The tokens of a user-assigned identity. */
export function managedIdentitySource(appId: string): ReturnType<typeof createManagedIdentityTokenSource> {
  const endpoint = managedIdentityEndpointFrom(process.env)
  return sharedTokenSource(['identity', appId, endpoint], () => createManagedIdentityTokenSource({ appId, endpoint }))
}
