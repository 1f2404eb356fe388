/** What no service on restify can be faster than: `bare-server.mjs PORT`. */
import restify from 'restify'

const server = restify.createServer()
server.get('/', (_request, response, next) => {
  response.send(200, { ok: true })
  return next()
})
server.listen(Number(process.argv[2]), '127.0.0.1')
