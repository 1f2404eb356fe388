import { spawn } from 'node:child_process'

/**
 * Shows a page in the browser of whoever sits at this machine.
 *
 * @returns what kept it from being shown, e.g. `xdg-open: ENOENT`; `undefined` when it was handed on.
 */
export function openBrowser(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const [program, ...args] = openerOf(platform)
  return new Promise((resolve) => {
    const child = spawn(program, [...args, url], { env: { ...env }, stdio: 'ignore', detached: true })
    child.once('error', (error: NodeJS.ErrnoException) => resolve(`${program}: ${error.code}`))
    child.once('spawn', () => resolve(undefined))
    child.unref()
  })
}

function openerOf(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  // The first word in quotes would be the title of a window.
  return platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
}
