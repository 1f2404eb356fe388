import { createRequire } from 'node:module'
import { peersFolder } from './index.mjs'
import { startV4Echo } from './v4-echo.mjs'

const load = createRequire(peersFolder)

/** @param {import('../world/world.d.ts').World} world */
export function start(world) {
  return startV4Echo(world, { botbuilder: load('botbuilder'), connector: load('botframework-connector') })
}
