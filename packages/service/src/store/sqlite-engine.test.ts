import { loadSqlite } from './sqlite-engine.ts'

test('there is an SQLite on this Node', async () => {
  const { DatabaseSync } = await loadSqlite()
  const database = new DatabaseSync(':memory:')
  expect(database.prepare('SELECT ? AS text').get('found')).toEqual({ text: 'found' })
  database.close()
})

test('the first source that has one is used, and the others are not asked', async () => {
  const engine = await loadSqlite()
  const unexpected = (): never => {
    throw new Error('was asked')
  }
  expect(await loadSqlite([() => undefined, () => Promise.resolve(engine), unexpected])).toBe(engine)
})

test('where no source has one, the error says what to install and why the last one failed', async () => {
  const cause = new Error('Cannot find module')
  const loading = loadSqlite([() => undefined, () => Promise.reject(cause)])
  await expect(loading).rejects.toMatchObject({ code: 'SERVICE_DATA_ENGINE', cause })
  await expect(loading).rejects.toThrow('npm install @photostructure/sqlite')
})
