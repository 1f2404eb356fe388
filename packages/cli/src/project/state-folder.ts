import { join } from 'node:path'

/**
 * Where `parley` keeps what is no part of a project, as the XDG Base Directory Specification and Windows have it; `undefined` when
 * the environment does not say where the user's home is.
 */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { XDG_STATE_HOME, HOME, LOCALAPPDATA } = env
  if (XDG_STATE_HOME) return join(XDG_STATE_HOME, 'parley')
  if (LOCALAPPDATA) return join(LOCALAPPDATA, 'parley')
  return HOME ? join(HOME, '.local', 'state', 'parley') : undefined
}
