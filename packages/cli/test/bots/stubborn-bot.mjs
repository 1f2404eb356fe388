// Listens, and does not end when it is asked to.
import { createServer } from 'node:http'

process.on('SIGTERM', () => process.stdout.write('not yet\n'))
createServer((_, response) => response.writeHead(401).end()).listen(Number(process.env['PORT']), '127.0.0.1', () =>
  process.stdout.write(`pid ${process.pid}\n`),
)
