import type { Converter } from '@parley/botbuilder-dialogs'
import type { OpenValue } from '@parley/core'
import { expressionNotThere } from './not-there.ts'

const PATH = /^=[\w.$@#%]+$/

/** What a dialog knows, by paths. */
export interface Memory {
  getValue(path: string): OpenValue
}

/** A setting of a dialog: a value, or a path in what the dialog knows, such as `=settings.knowledgeBaseId`. */
export class DialogSetting<T> {
  value: T | undefined
  expressionText: string | undefined

  constructor(value?: T) {
    this.value = value
  }

  /**
   * Reads a setting as configuration files have it, in which `=` begins an expression.
   *
   * @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: the expression is more than a path.
   */
  static from<T>(value: T | string | DialogSetting<T>): DialogSetting<T> {
    if (isSetting<T>(value)) return value
    if (typeof value !== 'string' || !value.startsWith('=')) return new DialogSetting(value as T)
    if (!PATH.test(value)) throw expressionNotThere(value)
    const setting = new DialogSetting<T>()
    setting.expressionText = value
    return setting
  }

  getValue(memory: Memory | object): T {
    if (this.expressionText === undefined) return this.value as T
    return (memory as Memory).getValue(this.expressionText.slice(1))
  }

  setValue(value: T): void {
    this.value = value
    this.expressionText = undefined
  }
}

/** Reads settings of configuration files. */
export const settingConverter: Converter = { convert: (value) => DialogSetting.from(value) }

/** The value of a property that is a setting, or that a program has set to a plain value. */
export function valueOf<T>(setting: DialogSetting<T> | T, memory: Memory): T {
  return isSetting<T>(setting) ? setting.getValue(memory) : setting
}

function isSetting<T>(value: unknown): value is DialogSetting<T> {
  return typeof (value as Partial<DialogSetting<T>> | null | undefined)?.getValue === 'function'
}
