/** Where settings come from, in the way the adaptive runtime has it: by path, or all of them. */
export interface Configuration {
  /** The value at `path`; without one, everything. */
  get<T = unknown>(path?: string[]): T | undefined
  set?(path: string[], value: unknown): void
}
