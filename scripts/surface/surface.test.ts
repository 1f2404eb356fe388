import { join } from 'node:path'
import { temporaryTree } from 'test-support/temporary-tree'
import { compareTypes, compareValues } from './compare-surface.mjs'
import { readNames } from './names.mjs'
import { readSurfaces } from './read-surface.mjs'

const declaration = `
export declare enum Kind { A = 'a', B = 'b' }
export declare class Shape {
  static of(): Shape
  private hidden
  protected size?: number
  draw(): void
}
export interface Point { x: number; y?: number }
export declare const KEY = 'key'
export declare function make(): Point
`

function surfaceOf(text: string): ReturnType<typeof readSurfaces>[string] {
  const root = temporaryTree({ 'package.json': { name: 'p', type: 'commonjs' }, 'index.d.ts': text })
  return readSurfaces({ p: join(root, 'index.d.ts') }, { types: [] })['p']!
}

test('the surface of a package is its names and members, without what is private', () => {
  expect(surfaceOf(declaration)).toEqual({
    KEY: { kind: 'const', value: 'key' },
    Kind: { kind: 'enum', values: { A: 'a', B: 'b' } },
    Point: { kind: 'interface', members: { x: 'property', y: 'property?' } },
    Shape: { kind: 'class', members: { draw: 'method', size: 'property?' }, statics: { of: 'method' } },
    make: { kind: 'function' },
  })
})

test('the same declarations lack nothing', () => {
  expect(compareTypes(surfaceOf(declaration), surfaceOf(declaration))).toEqual([])
})

test('types that are gone, became optional, or became properties are named', () => {
  const changed = `
    export declare class Shape { static of(): Shape; protected size?: number; draw: () => void }
    export interface Point { x?: number; y?: number }
    export declare const KEY = 'key'
    export declare const Kind: { readonly A: 'a' }`
  expect(compareTypes(surfaceOf(declaration), surfaceOf(changed))).toEqual([
    'Point.prototype.x is property?, and was property',
    'Shape.prototype.draw is a property, and was a method',
    'make (function) is not there',
  ])
})

test('values that are gone or changed are named; what is only a type is not looked for', () => {
  const wanted = surfaceOf(declaration)
  class Shape {}
  expect(compareValues(wanted, { KEY: 'other', Kind: { A: 'a', B: 'c' }, Shape })).toEqual([
    'KEY is other, and was key',
    'Kind.B is c, and was b',
    'Shape.of is not there at run time',
    'Shape.prototype.draw is no method',
    'make is not exported at run time',
  ])
})

test('a package has the names of those it stands on', () => {
  const names = readNames('botbuilder')
  expect(Object.keys(names)).toEqual(expect.arrayContaining(['CloudAdapter', 'TurnContext', 'ActivityTypes']))
  expect(names['CloudAdapter']).toMatchObject({ kind: 'class', members: { processActivityDirect: 'method' } })
})
