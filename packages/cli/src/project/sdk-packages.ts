import { dependenciesOf, readManifest } from './manifest.ts'

/** Packages of the archived Bot Framework SDK v4 that run on Parley under an alias. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  [
    'botbuilder',
    'botbuilder-ai',
    'botbuilder-applicationinsights',
    'botbuilder-azure-blobs',
    'botbuilder-core',
    'botbuilder-dialogs',
    'botbuilder-stdlib',
    'botbuilder-testing',
    'botframework-connector',
    'botframework-schema',
    'botframework-streaming',
  ].map((name) => [name, `npm:@parley/${name}`]),
)

/** Those that Parley has nothing for. */
const WITHOUT_ALIAS: ReadonlySet<string> = new Set([
  'adaptive-expressions',
  'botbuilder-azure',
  'botbuilder-azure-queues',
  'botbuilder-dialogs-adaptive',
  'botbuilder-dialogs-adaptive-runtime',
  'botbuilder-dialogs-declarative',
  'botbuilder-lg',
  'botframework-config',
  'botframework-luis',
])

/** A dependency on the archived SDK. */
export interface ArchivedDependency {
  readonly name: string
  /** What to write instead of the version, e.g. `npm:@parley/botbuilder`; `undefined` where Parley has nothing. */
  readonly alias: string | undefined
}

/** Whether the bot in a folder is written for SDK v4, on Parley or not. */
export function isOfSdkV4(folder: string): boolean {
  const manifest = readManifest(folder)
  if (typeof manifest !== 'object') return false
  const dependencies = dependenciesOf(manifest)
  return ['botbuilder', 'botbuilder-core', '@parley/botbuilder'].some((name) => name in dependencies)
}

/** Whether the bot in a folder runs on the archived `botbuilder` itself. */
export function runsOnArchivedSdk(folder: string): boolean {
  const manifest = readManifest(folder)
  if (typeof manifest !== 'object') return false
  return archivedDependencies(dependenciesOf(manifest)).some(({ name }) => name === 'botbuilder')
}

/** Which dependencies are packages of the archived SDK; those that are aliases already are not. */
export function archivedDependencies(dependencies: Readonly<Record<string, unknown>>): readonly ArchivedDependency[] {
  return Object.entries(dependencies)
    .filter(([, version]) => typeof version === 'string' && !version.startsWith('npm:'))
    .filter(([name]) => ALIASES.has(name) || WITHOUT_ALIAS.has(name))
    .map(([name]) => ({ name, alias: ALIASES.get(name) }))
}
