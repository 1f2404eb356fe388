import { readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { BoundedMap } from '@parley/core/internal'
import type { IDefaultLocalizerSettings, ILocalizer } from '../contracts/recognizing.ts'
import { NO_ERROR } from '../callbacks.ts'
import type { Library } from '../dialogs/library.ts'

/** File of the texts of a bot's own library, `*`. */
const ROOT_NAMESPACE = 'index'
const LANGUAGE_TAG = /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/i
const MAX_LOCALES = 200

/**
 * Texts by language from `<locale folder>/<locale>/<namespace>.json`, in which names are the texts of the bot and values the
 * translations; several of one are chosen from at random. What has no translation is said as it is.
 */
export class DefaultLocalizer implements ILocalizer {
  /** In lower case. */
  readonly defaultLocale: string
  private readonly root: Library | undefined
  private readonly folder: string | undefined
  private readonly texts: BoundedMap<string, ReadonlyMap<string, string | string[]>> = new BoundedMap(MAX_LOCALES)

  constructor(root?: Library, { botLocalePath, defaultLocale = 'en' }: IDefaultLocalizerSettings = {}) {
    this.root = root
    this.defaultLocale = defaultLocale.toLowerCase()
    this.folder = botLocalePath
  }

  /** Reads the files of a locale once, and those of what it falls back to. */
  load(locale: string, callback: (err: Error) => void): void {
    this.readAll(locale).then(
      () => callback(NO_ERROR),
      (error: Error) => callback(error),
    )
  }

  /** A translation, or `null`. */
  trygettext(locale: string, msgid: string, namespace: string = ROOT_NAMESPACE): string {
    const key = keyOf(namespace, msgid)
    for (const candidate of this.fallbacks(locale)) {
      const text = this.texts.get(candidate)?.get(key)
      if (text !== undefined) return Array.isArray(text) ? text[Math.floor(Math.random() * text.length)]! : text
    }
    return null as unknown as string
  }

  gettext(locale: string, msgid: string, namespace?: string): string {
    return this.trygettext(locale, msgid, namespace) ?? msgid
  }

  ngettext(locale: string, msgid: string, msgid_plural: string, count: number, namespace?: string): string {
    return this.gettext(locale, count === 1 ? msgid : msgid_plural, namespace)
  }

  private async readAll(locale: string): Promise<void> {
    for (const candidate of this.fallbacks(locale)) {
      if (this.texts.get(candidate)) continue
      const texts = new Map<string, string | string[]>()
      for (const folder of this.folders()) await readLocale(join(folder, candidate), texts)
      this.texts.set(candidate, texts)
    }
  }

  private folders(): string[] {
    const own = resolve(this.folder ?? './locale/')
    const libraries = this.root?.libraryList(true).map((library) => library.localePath()) ?? []
    return [...new Set([...libraries.filter((path) => path).map((path) => resolve(path)), own])]
  }

  /** `de-AT`, `de`, and the bot's own. Users name the locale, so that only what is one becomes a path. */
  private fallbacks(locale: string | undefined): string[] {
    const wanted = (locale && LANGUAGE_TAG.test(locale) ? locale : this.defaultLocale).toLowerCase()
    return [...new Set([wanted, wanted.split('-')[0]!, this.defaultLocale])]
  }
}

async function readLocale(folder: string, texts: Map<string, string | string[]>): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((candidate) => candidate.endsWith('.json'))) {
    const entries = JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, string | string[]>
    for (const [msgid, text] of Object.entries(entries)) texts.set(keyOf(name.slice(0, -5), msgid), text)
  }
}

function keyOf(namespace: string, msgid: string): string {
  return `${namespace === '*' || namespace === '' ? ROOT_NAMESPACE : namespace}\n${msgid}`
}
