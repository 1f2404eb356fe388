import type { ClaimsIdentity } from '../claims-identity.ts'

const CHANNEL_ISSUER = 'https://api.botframework.com'

/** Whether a bot sent the activity, to this one as its skill: its token names another app than the one it is for. */
export function isSkillIdentity(identity: ClaimsIdentity | undefined): boolean {
  if (!identity?.claims?.length) return false
  const claim = (type: string): string | undefined => identity.claims.find((each) => each.type === type)?.value
  if (claim('appid') === 'AnonymousSkill') return true
  const version = claim('ver')
  const audience = claim('aud')
  const caller = version === '2.0' ? claim('azp') : claim('appid')
  if (version === undefined || !audience || !caller) return false
  return audience !== CHANNEL_ISSUER && caller !== audience
}
