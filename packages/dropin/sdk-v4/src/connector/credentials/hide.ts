/** Sets a property that is not enumerable, so that a logger which prints the object prints no secret. */
export function hide(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false })
}
