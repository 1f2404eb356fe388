import files from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { relative, sep } from 'node:path'

/**
 * @typedef {{ now: string, kept: string }} File What is in it, and what of that survives a power failure.
 * @typedef {{ now: Map<string, File | Folder>, kept: Map<string, File | Folder> }} Folder
 * @typedef {{ [name: string]: string | Tree }} Tree
 */

/** @type {Folder} */
const root = { now: new Map(), kept: new Map() }
/** @type {WeakMap<object, File | Folder>} */
const open = new WeakMap()
let base = ''
/** @type {() => void} */
let listener = () => {}

/**
 * Follows what is done in a folder, which is empty, and calls `changed` after each change. Applies to modules that are loaded
 * after this one.
 *
 * @param {string} folder @param {() => void} changed
 */
export function followDisk(folder, changed) {
  base = folder
  listener = changed
}

/**
 * What disks may have had the power failed now. All have what was synced. The first has nothing else, the second all names, the
 * others half of the names that are new; nothing of what is in files.
 */
export function whatIsKept() {
  return [
    treeOf(root, ({ kept }) => kept),
    treeOf(root, ({ now }) => now),
    treeOf(root, (folder) => withHalf(folder, 0)),
    treeOf(root, (folder) => withHalf(folder, 1)),
  ]
}

/** @param {Folder} folder @param {0 | 1} parity */
function withHalf({ now, kept }, parity) {
  const added = Array.from(now).filter(([name, node]) => kept.get(name) !== node)
  return new Map([...kept, ...added.filter((_, index) => index % 2 === parity)])
}

/** @param {Folder} folder @param {(folder: Folder) => Folder['kept']} choose @returns {Tree} */
function treeOf(folder, choose) {
  const nodes = Array.from(choose(folder))
  return Object.fromEntries(nodes.map(([name, node]) => [name, isFolder(node) ? treeOf(node, choose) : node.kept]))
}

/** @param {File | Folder} node @returns {node is Folder} */
function isFolder(node) {
  return typeof node.now !== 'string'
}

/** @param {string} path */
function isFollowed(path) {
  return base !== '' && !relative(base, path).startsWith('..')
}

/** @param {string} path */
function namesIn(path) {
  return relative(base, path).split(sep).filter(Boolean)
}

/** @param {string[]} names @returns {File | Folder | undefined} */
function find(names) {
  /** @type {File | Folder | undefined} */
  let node = root
  for (const name of names) node = node && isFolder(node) ? node.now.get(name) : undefined
  return node
}

/** @param {string} path @param {File | Folder | undefined} node `undefined`: it is removed. */
function place(path, node) {
  const names = namesIn(path)
  const name = names.pop() ?? ''
  const above = find(names)
  if (!above || !isFolder(above)) throw new Error(`Nothing is known of the folder of ${path}.`)
  if (node) above.now.set(name, node)
  else above.now.delete(name)
}

/** @type {Record<string, (path: string, other: any) => void>} */
const changes = {
  mkdir(path) {
    if (!find(namesIn(path))) place(path, { now: new Map(), kept: new Map() })
  },
  rename(path, to) {
    const node = find(namesIn(path))
    place(path, undefined)
    place(to, node)
  },
  rmdir: (path) => place(path, undefined),
  unlink: (path) => place(path, undefined),
}

for (const [name, change] of Object.entries(changes)) {
  const original = /** @type {any} */ (files)[name]
  /** @param {string} path @param {any} other */
  const followed = async (path, other) => {
    const result = await original(path, other)
    if (isFollowed(path)) {
      change(path, other)
      listener()
    }
    return result
  }
  Object.assign(files, { [name]: followed })
}

const originalOpen = files.open
/** @param {string} path @param {any[]} others */
const followedOpen = async (path, ...others) => {
  const handle = await originalOpen(path, ...others)
  if (!isFollowed(path)) return handle
  if (others[0] === 'wx') place(path, { now: '', kept: '' })
  const node = find(namesIn(path))
  if (node) open.set(handle, node)
  return handle
}
Object.assign(files, { open: followedOpen })

const probe = await originalOpen('.')
const prototype = Object.getPrototypeOf(probe)
await probe.close()
const { writeFile, sync } = prototype
/** @param {string} text */
prototype.writeFile = async function (text) {
  await writeFile.call(this, text)
  const node = open.get(this)
  if (!node) return
  node.now = text
  listener()
}
prototype.sync = async function () {
  await sync.call(this)
  const node = open.get(this)
  if (!node) return
  if (isFolder(node)) node.kept = new Map(node.now)
  else node.kept = node.now
  listener()
}
syncBuiltinESMExports()
