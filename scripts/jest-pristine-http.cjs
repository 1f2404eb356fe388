// restify replaces methods of every HTTP request and response in the process, and the files of one jest worker share
// node:http. Each test file starts with the methods Node came with, as an application without restify does.
const http = require('node:http')

const PRISTINE = Symbol.for('parley.pristineHttp')

for (const { prototype } of [http.IncomingMessage, http.ServerResponse]) {
  const pristine = http[PRISTINE]?.get(prototype)
  if (pristine) restore(prototype, pristine)
  else (http[PRISTINE] ??= new Map()).set(prototype, Object.getOwnPropertyDescriptors(prototype))
}

function restore(prototype, pristine) {
  for (const name of Reflect.ownKeys(prototype)) {
    if (!Object.hasOwn(pristine, name)) delete prototype[name]
  }
  Object.defineProperties(prototype, pristine)
}
