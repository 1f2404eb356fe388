import { join } from 'node:path'
import ts from 'typescript'

/**
 * What a package offers, by its type declarations: names only, no text.
 *
 * @typedef {object} Name
 * @property {'class' | 'interface' | 'type' | 'enum' | 'function' | 'const' | 'namespace'} kind
 * @property {Record<string, string>} [members] - Of a class, its instances; of an interface; `method`, `property`, and a `?`.
 * @property {Record<string, string>} [statics] - Of a class; of a namespace or a constant object, what it holds.
 * @property {Record<string, string | number>} [values] - Of an enum.
 * @property {string | number} [value] - Of a constant.
 *
 * @typedef {Record<string, Name>} Surface
 *
 * @typedef {{ checker: ts.TypeChecker, ownOnly: boolean }} Reader
 */

/**
 * Reads the public names of packages with the compiler, as a program that imports them sees them.
 *
 * @param {Record<string, string>} entries - Package name to its entry's declaration file.
 * @param {ts.CompilerOptions & { ownOnly?: boolean }} [options] - `ownOnly`: leave out members that come from JavaScript,
 *   Node or another library.
 * @returns {Record<string, Surface>}
 */
export function readSurfaces(entries, { ownOnly = false, ...options } = {}) {
  const program = ts.createProgram(Object.values(entries), {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    ...options,
  })
  const checker = program.getTypeChecker()
  return Object.fromEntries(
    Object.entries(entries).map(([name, file]) => {
      const source = program.getSourceFile(file)
      const symbol = source && checker.getSymbolAtLocation(source)
      if (!symbol) throw new Error(`${file} is no module; is ${name} installed or built?`)
      return [name, readExports({ checker, ownOnly }, symbol)]
    }),
  )
}

/**
 * The declaration file of an installed package's main entry.
 *
 * @param {string} folder - Of the package.
 * @param {{ types?: string, typings?: string }} manifest
 */
export function declarationOf(folder, { types, typings }) {
  return join(folder, types ?? typings ?? 'index.d.ts')
}

/**
 * @param {Reader} reader
 * @param {ts.Symbol} module
 * @returns {Surface}
 */
function readExports(reader, module) {
  return Object.fromEntries(
    reader.checker
      .getExportsOfModule(module)
      .map((symbol) => /** @type {const} */ ([symbol.name, readName(reader, resolve(reader, symbol))]))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/**
 * @param {Reader} reader
 * @param {ts.Symbol} symbol
 */
function resolve(reader, symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? reader.checker.getAliasedSymbol(symbol) : symbol
}

/**
 * @param {Reader} reader
 * @param {ts.Symbol} symbol
 * @returns {Name}
 */
function readName(reader, symbol) {
  const { flags } = symbol
  if (flags & ts.SymbolFlags.Enum) return { kind: 'enum', values: enumValues(reader, symbol) }
  if (flags & ts.SymbolFlags.Class) {
    return {
      kind: 'class',
      members: membersOf(reader, reader.checker.getDeclaredTypeOfSymbol(symbol)),
      statics: membersOf(reader, reader.checker.getTypeOfSymbol(symbol), ['prototype']),
    }
  }
  if (flags & ts.SymbolFlags.Function) return { kind: 'function' }
  if (flags & ts.SymbolFlags.ValueModule) {
    return { kind: 'namespace', statics: membersOf(reader, reader.checker.getTypeOfSymbol(symbol)) }
  }
  if (flags & ts.SymbolFlags.Variable) return readConstant(reader, symbol)
  if (flags & ts.SymbolFlags.Interface) {
    return { kind: 'interface', members: membersOf(reader, reader.checker.getDeclaredTypeOfSymbol(symbol)) }
  }
  return { kind: 'type' }
}

/**
 * @param {Reader} reader
 * @param {ts.Symbol} symbol
 * @returns {Name}
 */
function readConstant(reader, symbol) {
  const type = reader.checker.getTypeOfSymbol(symbol)
  if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: 'const', value: type.value }
  if (type.getConstructSignatures().length > 0) {
    const [instance] = type.getConstructSignatures().map((signature) => signature.getReturnType())
    return {
      kind: 'class',
      members: instance ? membersOf(reader, instance) : {},
      statics: membersOf(reader, type, ['prototype']),
    }
  }
  if (type.getCallSignatures().length > 0) return { kind: 'function' }
  const statics = type.flags & ts.TypeFlags.Object ? membersOf(reader, type) : {}
  return Object.keys(statics).length > 0 ? { kind: 'namespace', statics } : { kind: 'const' }
}

/**
 * @param {Reader} reader
 * @param {ts.Symbol} symbol
 */
function enumValues(reader, symbol) {
  /** @type {Record<string, string | number>} */
  const values = {}
  for (const declaration of symbol.declarations ?? []) {
    if (!ts.isEnumDeclaration(declaration)) continue
    for (const member of declaration.members) {
      values[member.name.getText().replaceAll(/['"]/g, '')] = reader.checker.getConstantValue(member) ?? ''
    }
  }
  return values
}

/**
 * Public and protected members, inherited ones too, without those every function or object of JavaScript has.
 *
 * @param {Reader} reader
 * @param {ts.Type} type
 * @param {readonly string[]} [without]
 */
function membersOf(reader, type, without = []) {
  /** @type {Record<string, string>} */
  const members = {}
  for (const member of reader.checker.getPropertiesOfType(type)) {
    if (without.includes(member.name) || member.name.startsWith('__@') || isPrivate(member)) continue
    if (reader.ownOnly && isForeign(member)) continue
    const isMethod = member.flags & ts.SymbolFlags.Method
    const optional = member.flags & ts.SymbolFlags.Optional ? '?' : ''
    members[member.name] = (isAbstract(member) ? 'abstract ' : '') + (isMethod ? 'method' : 'property') + optional
  }
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** @param {ts.Symbol} member */
function isPrivate(member) {
  return member.declarations?.some((declaration) => ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private)
}

/** @param {ts.Symbol} member */
function isAbstract(member) {
  return member.declarations?.some(
    (declaration) => ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Abstract,
  )
}

/**
 * Of JavaScript, Node or another library: `INodeBuffer` has all that a `Uint8Array` has.
 *
 * @param {ts.Symbol} member
 */
function isForeign(member) {
  return (member.declarations ?? []).some((declaration) => {
    const [, folder] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(declaration.getSourceFile().fileName) ?? []
    return folder !== undefined && !/^(?:bot|@parley\/)/.test(folder)
  })
}
