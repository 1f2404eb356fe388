import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ApiError } from '../http/api-error.ts'
import { moduleDirectory } from '../package-root.cts'

/** One file of the page. */
export interface PageAsset {
  readonly bytes: Buffer
  readonly contentType: string
  readonly etag: string
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
}

/** The names of all files there are; a new one has to be added. */
const FILES: ReadonlySet<string> = new Set([
  'index.html',
  'icon.svg',
  'webchat.js',
  'webchat.js.LICENSE.txt',
  'base.css',
  'chat.css',
  'detail.css',
  'dialogs.css',
  'inspector.css',
  'layout.css',
  'phone.css',
  'about.js',
  'activity-editor.js',
  'api.js',
  'armed-faults.js',
  'bot-status.js',
  'channel-menu.js',
  'chat.js',
  'conversation-end.js',
  'conversations.js',
  'detail-views.js',
  'detail.js',
  'dialog.js',
  'dom.js',
  'entries.js',
  'entry-filter.js',
  'entry-list.js',
  'entry-order.js',
  'entry-row.js',
  'entry-rows.js',
  'fault-names.js',
  'fault-switches.js',
  'first-paint.js',
  'icons.js',
  'inspector.js',
  'json-tree.js',
  'kept.js',
  'keys.js',
  'menu.js',
  'new-conversation.js',
  'notices.js',
  'page.js',
  'panes.js',
  'replay.js',
  'session.js',
  'splitter.js',
  'state-now.js',
  'tabs.js',
  'theme.js',
  'transcripts.js',
  'web-chat-style.js',
])

/** Where the build puts the page: `dist/chat-page` of this package, seen from `src` as well as from `dist/esm` or `dist/cjs`. */
export function defaultAssetsDirectory(): string {
  const parent = dirname(moduleDirectory)
  return moduleDirectory.endsWith('src') ? join(parent, 'dist', 'chat-page') : join(parent, 'chat-page')
}

/** The files of the chat page, read once and kept. Only the names listed here exist. */
export class PageAssets {
  private readonly directory: string
  private readonly loaded: Map<string, Promise<PageAsset>> = new Map()

  constructor(directory: string) {
    this.directory = directory
  }

  /** @throws ApiError 404 for a name that is not part of the page, 503 when the page was not built. */
  async get(name: string): Promise<PageAsset> {
    const contentType = CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)]
    if (!FILES.has(name) || contentType === undefined)
      throw new ApiError(404, 'NotFound', 'The chat page has no such file.')
    const loading = this.loaded.get(name) ?? this.load(name, contentType)
    this.loaded.set(name, loading)
    try {
      return await loading
    } catch (cause) {
      this.loaded.delete(name)
      throw new ApiError(503, 'ChatPageNotBuilt', `The chat page's file ${name} is missing: run npm run build.`, {
        cause,
      })
    }
  }

  private async load(name: string, contentType: string): Promise<PageAsset> {
    const bytes = await readFile(join(this.directory, name))
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
    return { bytes, contentType, etag }
  }
}
