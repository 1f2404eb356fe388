// restify replaces methods of every HTTP request and response in the process, and the files of one jest worker share
// node:http. Each test file starts with the methods Node came with, as an application without restify does.
const http = require('node:http')

/** @type {typeof http & { pristineForTests?: Map<object, PropertyDescriptorMap> }} */
const shared = http
const known = (shared.pristineForTests ??= new Map())

for (const { prototype } of [http.IncomingMessage, http.ServerResponse]) {
  const pristine = known.get(prototype)
  if (pristine) restore(prototype, pristine)
  else known.set(prototype, Object.getOwnPropertyDescriptors(prototype))
}

/**
 * @param {object} prototype
 * @param {PropertyDescriptorMap} pristine
 */
function restore(prototype, pristine) {
  for (const name of Reflect.ownKeys(prototype)) {
    if (!Object.hasOwn(pristine, name)) Reflect.deleteProperty(prototype, name)
  }
  Object.defineProperties(prototype, pristine)
}
