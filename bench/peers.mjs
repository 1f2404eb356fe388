import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { peersFolder } from './candidates/index.mjs'
import { npm } from './npm.mjs'

/**
 * Installs the peers as bench/peers/package-lock.json says, unless they are.
 *
 * @param {(line: string) => void} log
 */
export async function ensurePeers(log) {
  const lockHash = createHash('sha256')
    .update(readFileSync(join(peersFolder, 'package-lock.json')))
    .digest('hex')
  const stampFile = join(peersFolder, 'node_modules', '.bench-setup')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash) return
  log('Installing the peers into bench/peers with npm ci --ignore-scripts (180 MB, once).')
  await npm(['ci', '--ignore-scripts'], peersFolder)
  writeFileSync(stampFile, lockHash)
}

/**
 * The Node to run bots with: from the npm package that holds nothing but its binary.
 *
 * @param {string} version - Major, or whole: `24`, `24.9.0`.
 * @param {(line: string) => void} log
 * @returns {Promise<string>} Path of the binary.
 */
export async function ensureNode(version, log) {
  const folder = join(peersFolder, `node-${version}`)
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const binary = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(binary)) return binary
  log(`Installing Node ${version} into bench/peers/node-${version} (once).`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  await npm(['install', '--ignore-scripts', `${name}@${version}`], folder)
  return binary
}
