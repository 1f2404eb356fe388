import { settingsFromEnv } from './from-env.ts'
import type { OpenValue } from '@parley/core'
import { DialogTurnStateConstants } from '../dialog-turn-state-constants.ts'
import { MemoryScope } from './memory-scope.ts'
import type { MemoryHost } from './memory-scope.ts'
import { ScopePath } from './scope-path.ts'

type Settings = { [name: string]: OpenValue }

/** Secrets, which no dialog gets to see. */
const SECRETS = [
  'MicrosoftAppPassword',
  'cosmosDb:authKey',
  'blobStorage:connectionString',
  'BlobsStorage:connectionString',
  'CosmosDbPartitionedStorage:authKey',
  'applicationInsights:connectionString',
  'applicationInsights:InstrumentationKey',
  'runtimeSettings:telemetry:options:connectionString',
  'runtimeSettings:telemetry:options:instrumentationKey',
  'runtimeSettings:features:blobTranscript:connectionString',
]

/**
 * The settings of the bot, without secrets: those given, else those of the turn over the variables of the process, whose names
 * have `:` between levels.
 */
export class SettingsMemoryScope extends MemoryScope {
  private readonly initialSettings: Record<string, unknown> | undefined

  constructor(initialSettings?: Record<string, unknown>) {
    super(ScopePath.settings, false)
    this.initialSettings = initialSettings
  }

  getMemory(dc: MemoryHost): Record<string, unknown> {
    const { turnState } = dc.context
    let settings = turnState.get<Settings | undefined>(ScopePath.settings)
    if (!settings) turnState.set(ScopePath.settings, (settings = this.read(dc)))
    return settings
  }

  /** Makes levels out of names with `:`, lists out of names that are numbers, and leaves secrets out. */
  protected static loadSettings(configuration: Record<string, string>): Record<string, unknown> {
    return withoutSecrets(nested(configuration))
  }

  private read({ context }: MemoryHost): Settings {
    if (this.initialSettings) return withoutSecrets({ ...this.initialSettings })
    const ofTurn = context.turnState.get<Settings | undefined>(DialogTurnStateConstants.configuration)
    const ofProcess = SettingsMemoryScope.loadSettings(settingsFromEnv())
    return ofTurn ? withoutSecrets({ ...ofProcess, ...ofTurn }) : ofProcess
  }
}

function nested(configuration: Record<string, unknown>): Settings {
  const root: Settings = Object.create(null)
  for (const [path, value] of Object.entries(configuration)) {
    const names = path.split(':')
    const last = names.pop() as string
    let node = root
    for (const name of names) {
      if (typeof node[name] !== 'object') node[name] = Object.create(null)
      node = node[name]
    }
    if (typeof node[last] !== 'object') node[last] = value
  }
  return withLists(root)
}

function withLists(node: Settings): OpenValue {
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node)
  const isList = entries.length > 0 && entries.every(([name]) => /^(?:0|[1-9]\d{0,3})$/.test(name))
  const result: OpenValue = isList ? [] : {}
  for (const [name, value] of entries) {
    Object.defineProperty(result, name, {
      value: withLists(value),
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
  return result
}

function withoutSecrets(settings: Settings): Settings {
  return SECRETS.reduce((rest, secret) => without(rest, secret.split(':')), settings)
}

/** Copies what it changes, since settings belong to others. */
function without(settings: Settings, [name, ...path]: string[]): Settings {
  if (name === undefined || typeof settings !== 'object' || settings === null || !(name in settings)) return settings
  const { [name]: found, ...rest } = settings
  return path.length === 0 ? rest : { ...settings, [name]: without(found, path) }
}
