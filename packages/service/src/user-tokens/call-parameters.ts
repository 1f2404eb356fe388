import { missingProperty } from '../http/api-error.ts'

/** Parameters of a query, whatever the case of their names: the SDKs of different languages write them differently. */
export class CallParameters {
  private readonly values: ReadonlyMap<string, string>

  constructor(query: URLSearchParams) {
    // Of several the first counts.
    this.values = new Map([...query].toReversed().map(([name, value]) => [name.toLowerCase(), value]))
  }

  /** An empty parameter counts as missing. */
  get(name: string): string | undefined {
    return this.values.get(name.toLowerCase()) || undefined
  }

  /** @throws ApiError 400 `MissingProperty`. */
  require(name: string): string {
    const value = this.get(name)
    if (value === undefined) throw missingProperty(name)
    return value
  }
}
