import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './named-exports.mjs'

async function findings(source: string, file = 'packages/p/src/x.ts'): Promise<string[]> {
  const root = temporaryTree({
    'package.json': { workspaces: ['packages/*', 'packages/dropin/*', 'templates/*'] },
    'packages/p/package.json': { name: 'p' },
    'packages/dropin/sdk-v4/package.json': { name: 'v4' },
    'templates/t/package.json': { name: 't' },
    [file]: source,
  })
  return (await check.run(root)).map(({ what }) => what)
}

test.each([
  [`export * from './a.ts'`, 'has `export *`'],
  [`export * as a from './a.ts'`, 'has `export *`'],
  [`export default 1`, 'has a default export'],
  [`export default class A {}`, 'has a default export'],
  [`export { a as default } from './a.ts'`, 'has a default export'],
  [`export enum Color { Red }`, 'declares enum Color'],
  [`namespace A { export const b = 1 }`, 'declares namespace A'],
])('%s is found', async (source, fault) => {
  expect(await findings(source)).toEqual([`packages/p/src/x.ts:1 ${fault}`])
})

test('named exports, and additions to the types of others, are accepted', async () => {
  const source = `export { a } from './a.ts'; export const b = 1
    declare module 'restify' { interface Request { id: string } }
    declare global { var x: number }`
  expect(await findings(source)).toEqual([])
})

test('a namespace that holds only types is accepted in sdk-v4, and nowhere else', async () => {
  const types = `export declare namespace A { type B = 'b' }`
  const file = 'packages/dropin/sdk-v4/src/x.ts'
  expect(await findings(types, file)).toEqual([])
  expect(await findings(`export declare namespace A { const b: 'b' }`, file)).toHaveLength(1)
  expect(await findings(types)).toHaveLength(1)
})

test('templates and tests are free', async () => {
  expect(await findings('export default 1', 'templates/t/src/x.ts')).toEqual([])
  expect(await findings('export default 1', 'packages/p/src/x.test.ts')).toEqual([])
})
