import { MemoryStorage } from './memory-storage.ts'

interface BrowserGlobals {
  readonly localStorage: { [key: string]: string }
  readonly sessionStorage: { [key: string]: string }
}

/** Keeps items in the browser's `localStorage`. */
export class BrowserLocalStorage extends MemoryStorage {
  constructor() {
    super((globalThis as unknown as BrowserGlobals).localStorage)
  }
}

/** Keeps items in the browser's `sessionStorage`. */
export class BrowserSessionStorage extends MemoryStorage {
  constructor() {
    super((globalThis as unknown as BrowserGlobals).sessionStorage)
  }
}
