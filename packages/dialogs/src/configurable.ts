import type { OpenValue } from '@parley/core'
import type { Converter, ConverterFactory } from './converter.ts'

/** What can be set up from settings that were read from a file. */
export abstract class Configurable {
  /** Sets the properties that `config` names, each through its converter if it has one. */
  configure(config: Record<string, unknown>): this {
    const target = this as OpenValue
    for (const [name, value] of Object.entries(config ?? {})) {
      const converter = this.getConverter(name)
      target[name] = 'convert' in (converter ?? {}) ? (converter as Converter).convert(value) : value
    }
    return this
  }

  /** The converter of a property. Here: none. */
  getConverter(_property: string): Converter | ConverterFactory {
    return undefined as unknown as Converter
  }
}
