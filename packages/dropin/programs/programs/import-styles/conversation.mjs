import { deepEqual, equal } from 'node:assert/strict'
import { readFileSync } from 'node:fs'

/** What can be imported from each package, without what it hands on from the one below. @type {Record<string, string[]>} */
const own = JSON.parse(readFileSync(new URL('names.json', import.meta.url), 'utf8'))
const expected = {
  ...own,
  'botbuilder-core': [...own['botframework-schema'], ...own['botbuilder-core']],
  botbuilder: [...own['botframework-schema'], ...own['botbuilder-core'], ...own['botbuilder']],
}

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  deepEqual(await (await fetch(new URL('/identities', urls[0]))).json(), {
    bundle: true,
    core: true,
    required: true,
    dynamic: true,
    schema: true,
    inherits: true,
    missing: [],
  })
  const names = await (await fetch(new URL('/names', urls[0]))).json()
  const missing = Object.entries(expected).flatMap(([name, exported]) =>
    ['required', 'imported'].flatMap((way) =>
      exported.filter((each) => !names[name][way].includes(each)).map((each) => `${each} of ${name}, ${way}`),
    ),
  )
  deepEqual(missing, [])
  equal((await channel.say('x'))[0].text, 'true true')
}
