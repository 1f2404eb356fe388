import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What a test may need of the machine, beyond Node. */
export type Part = 'browser' | 'registry'

const parts: Record<Part, { find: () => string | undefined; remedy: string }> = {
  browser: { find: findChromium, remedy: 'install Chromium, or set CHROMIUM_PATH to its executable' },
  registry: { find: findRegistry, remedy: 'go online, or set the registry in .npmrc to one that answers' },
}

/**
 * Like `describe`, for tests that need something the machine may lack. When it is missing they are skipped, by name;
 * when it is missing and `PARLEY_REQUIRE` (a comma list of parts, set by CI) names it, they fail.
 *
 * @param part - What they need.
 * @param name - As for `describe`.
 * @param suite - As for `describe`; gets the path of what was found. Also called when it is missing, to learn the names of
 * the tests to skip, so it may only use the path inside tests and hooks.
 */
export function describeWith(part: Part, name: string, suite: (path: string) => void): void {
  const { find, remedy } = parts[part]
  const found = find()
  if (found) {
    describe(name, () => suite(found))
  } else if (requiredParts().includes(part)) {
    test(`${name} has the ${part} it needs`, () => {
      throw new Error(`PARLEY_REQUIRE asks for the ${part}, and there is none: ${remedy}.`)
    })
  } else {
    describe.skip(`${name} (skipped, no ${part}: ${remedy})`, () => suite(''))
  }
}

function requiredParts(): string[] {
  return (process.env['PARLEY_REQUIRE'] ?? '').split(',').map((part) => part.trim())
}

function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  const named = process.env['CHROMIUM_PATH']
  return (named ? [named] : candidates).find(isExecutable)
}

/** The npm registry, for tests that install what users install. */
function findRegistry(): string | undefined {
  const { status, stdout } = spawnSync('npm', ['view', 'restify', 'version'], { encoding: 'utf8', timeout: 15_000 })
  return status === 0 ? stdout.trim() : undefined
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
