import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'

/**
 * A packed package.
 *
 * @typedef {{ name: string, version: string, tarball: string, manifest: Record<string, unknown> }} Packed
 */

/**
 * Starts a registry of the given packages on this machine, so that `npm:@parley/botbuilder@0.1.0` installs what was just
 * packed, the way it will install what was published.
 *
 * @param {readonly Packed[]} packages
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startRegistry(packages) {
  const byName = new Map(packages.map((packed) => [packed.name, packed]))
  const byFile = new Map(packages.map((packed) => [basename(packed.tarball), packed]))
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').slice(1))
    const tarball = byFile.get(basename(path))
    const packed = byName.get(path)
    if (tarball) return response.end(readFileSync(tarball.tarball))
    if (packed) return response.setHeader('content-type', 'application/json').end(JSON.stringify(document(packed, url)))
    return response.writeHead(404).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = /** @type {import('node:net').AddressInfo} */ (server.address())
  const url = `http://127.0.0.1:${address.port}/`
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url, close }
}

/**
 * What npm asks of a registry about a package.
 *
 * @param {Packed} packed
 * @param {string} url
 */
function document({ name, version, tarball, manifest }, url) {
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
  const dist = { tarball: `${url}${basename(tarball)}`, integrity }
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, name, version, dist } } }
}
