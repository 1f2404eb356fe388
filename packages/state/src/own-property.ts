/**
 * Sets a property of the object itself. Plain assignment would lose the key `__proto__`, which a user id or a storage key can
 * be.
 */
export function setOwn<T>(target: { [key: string]: T }, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true })
  } else {
    target[key] = value
  }
}
