import { AseChannelValidation } from './ase-channel-validation.ts'
import { ChannelValidation } from './channel-validation.ts'
import { EmulatorValidation } from './emulator-validation.ts'
import { EnterpriseChannelValidation } from './enterprise-channel-validation.ts'
import { GovernmentChannelValidation } from './government-channel-validation.ts'
import { JwtTokenValidation } from './jwt-token-validation.ts'
import { SkillValidation } from './skill-validation.ts'

type Namespace = Readonly<Record<string, unknown>>

/** The namespaces as they were loaded. `AseChannelValidation` keeps its address, which `init` sets. */
const originals: readonly (readonly [Namespace, Namespace])[] = [
  AseChannelValidation,
  ChannelValidation,
  EmulatorValidation,
  EnterpriseChannelValidation,
  GovernmentChannelValidation,
  JwtTokenValidation,
  SkillValidation,
].map((namespace) => [namespace as unknown as Namespace, { ...namespace }] as const)

/**
 * Whether somebody replaced a function or an address of v4's authentication namespaces: tokens must then take v4's way
 * through them.
 */
export function areNamespacesChanged(): boolean {
  return originals.some(([namespace, original]) =>
    Object.keys(namespace).some((name) => name !== 'MetadataUrl' && namespace[name] !== original[name]),
  )
}
