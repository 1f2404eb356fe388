import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { npm, packAll } from './pack.mjs'
import { startRegistry } from './registry.mjs'

const v4Packages = [
  'botbuilder',
  'botbuilder-core',
  'botbuilder-applicationinsights',
  'botbuilder-ai',
  'botbuilder-azure-blobs',
  'botbuilder-dialogs',
  'botbuilder-stdlib',
  'botbuilder-testing',
  'botframework-connector',
  'botframework-schema',
  'botframework-streaming',
]

/**
 * The names bots of an SDK know, each an alias of its drop-in, and the folder of the bots. SDK v3 and v4 share a name.
 *
 * @type {Record<'v3' | 'v4', { packages: Record<string, string>, programs: string }>}
 */
export const sdks = {
  v3: { packages: { botbuilder: '@parley/botbuilder-v3' }, programs: 'programs-v3' },
  v4: { packages: Object.fromEntries(v4Packages.map((name) => [name, `@parley/${name}`])), programs: 'programs' },
}

/** What the bots need beside the SDK. */
const companions = { restify: '12.0.0', express: '5.3.0', '@types/node': '20.19.43' }

/** Compilers of TypeScript the bots are checked with. */
export const compilers = {
  'typescript-5.0': 'npm:typescript@5.0.4',
  'typescript-5.9': 'npm:typescript@5.9.3',
  'typescript-7.0': 'npm:typescript@7.0.2',
}

/**
 * Makes a folder as a user of an SDK would have it: the packages under the names of the SDK, through npm aliases, from a
 * registry that has what this repository would publish; and the programs.
 *
 * @param {string} repository - Built.
 * @param {string} programs - The folder of the programs.
 * @param {Record<string, string>} packages - Of the SDK: names to the packages that stand in for them.
 * @returns {Promise<{ folder: string, remove: () => void }>}
 */
export async function installAsUsersDo(repository, programs, packages) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-programs-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'packed'))
  const packed = await packAll(repository, join(folder, 'packed'))
  const registry = await startRegistry(packed)
  try {
    const versions = new Map(packed.map(({ name, version }) => [name, version]))
    const aliases = Object.entries(packages).map(([name, dropIn]) => [name, `npm:${dropIn}@${versions.get(dropIn)}`])
    const dependencies = { ...Object.fromEntries(aliases), ...companions, ...compilers }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'programs', private: true, dependencies }))
    writeFileSync(join(folder, '.npmrc'), `@parley:registry=${registry.url}\nfund=false\naudit=false\n`)
    await npm(['install', '--no-package-lock'], folder)
    cpSync(programs, join(folder, 'programs'), { recursive: true })
    return { folder, remove }
  } catch (error) {
    remove()
    throw error
  } finally {
    await registry.close()
  }
}
