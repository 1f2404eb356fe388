/**
 * Listens on this machine.
 *
 * @param {{ listen: (port: number, host: string, listening: () => void) => unknown, address: () => any }} server
 * @param {number} [port] - Default: a free one.
 * @returns {Promise<number>} The port.
 */
export function listen(server, port = 0) {
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server.address().port))
  })
}
