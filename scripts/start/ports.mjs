import { createServer } from 'node:net'
import { SetupError } from '../setup.mjs'

/**
 * A port from the environment.
 *
 * @param {string} name
 * @param {number} fallback
 */
export function portFromEnv(name, fallback) {
  const text = process.env[name]
  if (text === undefined || text === '') return fallback
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new SetupError(`${name} is "${text}": set it to a port number from 1 to 65535.`)
}

/**
 * Fails with a sentence that says what to do when the port cannot be listened on.
 *
 * @param {number} port
 * @param {string} name - The variable that chooses it.
 */
export async function requireFreePort(port, name) {
  for (const host of ['127.0.0.1', '::']) await listenOnce(port, host, name)
}

/**
 * @param {number} port
 * @param {string} host
 * @param {string} name
 */
async function listenOnce(port, host, name) {
  const server = createServer()
  await new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      // A machine without IPv6 has nothing in use there.
      if (error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL') return resolve(undefined)
      const what =
        error.code === 'EADDRINUSE' ? `Port ${port} is in use` : `Port ${port} cannot be used (${error.code})`
      reject(new SetupError(`${what}: stop what uses it, or choose another with ${name}=${port + 10} npm start.`))
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}
