/** The same bot as botbuilder's, on the packages that take its place. */
import { createRequire } from 'node:module'
import { startV4Echo } from './v4-echo.mjs'

const load = createRequire(import.meta.url)

/** @param {import('../world/world.d.ts').World} world */
export function start(world) {
  return startV4Echo(world, {
    botbuilder: load('@parley/botbuilder'),
    connector: load('@parley/botframework-connector'),
  })
}
