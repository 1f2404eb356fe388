// CommonJS in both builds, because only CommonJS can load something late and at once.
import type * as JsonWebToken from 'jsonwebtoken' with { 'resolution-mode': 'import' }

/** Signs and verifies tokens. Loaded with the first token: the service can be reached before. */
// @ts-ignore TS1287: the compiler writes this export as CommonJS, which verbatimModuleSyntax wants spelled out
export function jsonWebToken(): typeof JsonWebToken {
  return require('jsonwebtoken') as typeof JsonWebToken
}
