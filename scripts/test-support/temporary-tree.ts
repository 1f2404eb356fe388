import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const created: string[] = []

/**
 * Writes files into a new temporary folder, which is removed after the test file.
 *
 * @param files - Content by relative path; anything that is not a string is written as JSON.
 * @returns The absolute path of the folder.
 */
export function temporaryTree(files: Record<string, unknown>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'parley-tree-')))
  created.push(root)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return root
}

afterAll(() => {
  for (const root of created.splice(0)) rmSync(root, { recursive: true, force: true })
})
