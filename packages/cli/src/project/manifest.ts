import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What `package.json` of a folder says; `undefined` without one, `invalid` when it is no JSON object. */
export function readManifest(folder: string): Readonly<Record<string, unknown>> | 'invalid' | undefined {
  let text: string
  try {
    text = readFileSync(join(folder, 'package.json'), 'utf8')
  } catch {
    return undefined
  }
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : 'invalid'
  } catch {
    return 'invalid'
  }
}

/** All that the project depends on, by name. */
export function dependenciesOf(manifest: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...Object(manifest['devDependencies']), ...Object(manifest['dependencies']) } as Record<string, unknown>
}
