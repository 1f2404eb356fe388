import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNpm, runTool } from '../run-tool.mjs'
import { listWorkspaces } from '../workspaces.mjs'

/**
 * @typedef {import('./check.d.ts').Finding} Finding
 * @typedef {{ name: string, filename: string }} Packed
 */

const why = {
  publint: 'publint reads the packed package as Node and bundlers will: what it names fails on the machine of a user.',
  types:
    'are-the-types-wrong resolves the types as TypeScript will, for require and for import; here the two disagree.',
  pack: 'What cannot be packed cannot be published.',
}
const fix = 'Correct main, types, exports, bin or files in the package.json of the package.'

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'published-packages',
  summary: 'publint and are-the-types-wrong find nothing in the packed packages',
  needsBuild: true,
  run: async (root) => {
    const published = listWorkspaces(root).filter(({ manifest }) => manifest.private !== true)
    if (published.length === 0) return []
    const folder = mkdtempSync(join(tmpdir(), 'parley-pack-'))
    try {
      const selected = published.map((workspace) => `--workspace=${workspace.folder}`)
      const pack = await runNpm(
        ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`, ...selected],
        root,
      )
      if (pack.status !== 0) return pack.lines.map((what) => ({ what, why: why.pack, fix }))
      /** @type {Packed[]} */
      const packed = JSON.parse(pack.stdout)
      return await checkTarballs(folder, packed)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/**
 * Two tools at a time, one package after the other.
 *
 * @param {string} folder
 * @param {Packed[]} packed
 */
async function checkTarballs(folder, packed) {
  /** @type {Finding[]} */
  const findings = []
  for (const { name, filename } of packed) {
    const tarball = join(folder, filename)
    const [publint, types] = await Promise.all([
      runTool('publint/src/cli.js', ['run', tarball, '--strict', '--level=warning'], folder),
      runTool(
        '@arethetypeswrong/cli/dist/index.js',
        [tarball, '--profile=node16', '--format=ascii', '--no-emoji'],
        folder,
      ),
    ])
    if (publint.status !== 0)
      findings.push({ what: `${name}: publint says\n${publint.lines.join('\n')}`, why: why.publint, fix })
    if (types.status !== 0)
      findings.push({ what: `${name}: attw says\n${types.lines.join('\n')}`, why: why.types, fix })
  }
  return findings
}
