/** Something a test must close. */
export interface Closable {
  close(): unknown
}

/** Closes what a test opened, last first, after each test. */
export function closeAfterEach(): <T extends Closable>(thing: T) => T {
  const open: Closable[] = []
  afterEach(async () => {
    for (const thing of open.splice(0).toReversed()) await thing.close()
  })
  return (thing) => {
    open.push(thing)
    return thing
  }
}
