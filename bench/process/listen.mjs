/**
 * Listens on a free port of this machine.
 *
 * @param {{ listen: (port: number, host: string, listening: () => void) => unknown, address: () => any }} server
 * @returns {Promise<number>} The port.
 */
export function listen(server) {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port))
  })
}
