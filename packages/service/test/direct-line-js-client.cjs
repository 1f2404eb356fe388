/**
 * Talks through Microsoft's own client, `botframework-directlinejs`, as it is on npm, and prints what it saw as JSON.
 *
 * Usage: node direct-line-js-client.cjs FOLDER OPTIONS: the folder it is installed in, and its options as JSON.
 */
const { createRequire } = require('node:module')
const { join } = require('node:path')

const [folder = '', options = '{}'] = process.argv.slice(2)
const installed = createRequire(join(folder, 'package.json'))
Object.assign(globalThis, { XMLHttpRequest: installed('xhr2'), WebSocket: installed('ws') })
const { DirectLine } = installed('botframework-directlinejs')

/** @typedef {{ id?: string, text?: string, channelData?: object }} Activity */

const user = { id: 'dl_ada', name: 'Ada' }
const directLine = new DirectLine({ pollingInterval: 200, ...JSON.parse(options) })
/** @type {number[]} */
const statuses = []
/** @type {Activity[]} */
const activities = []
let wake = () => {}

directLine.connectionStatus$.subscribe((/** @type {number} */ status) => statuses.push(status))
directLine.activity$.subscribe((/** @type {Activity} */ activity) => {
  activities.push(activity)
  wake()
}, fail)

/**
 * Waits for an activity.
 *
 * @param {(activity: Activity) => boolean} matches
 */
async function until(matches) {
  while (!activities.some(matches)) await new Promise((resolve) => (wake = () => resolve(undefined)))
}

/**
 * The id an activity got, or `retry`.
 *
 * @param {object} activity
 */
function post(activity) {
  return new Promise((resolve, reject) =>
    directLine.postActivity({ from: user, ...activity }).subscribe(resolve, reject),
  )
}

/** @param {unknown} error */
function fail(error) {
  process.stderr.write(`${String(error)}\n`)
  process.exit(1)
}

async function main() {
  const ids = []
  for (const text of ['one', 'two']) {
    ids.push(await post({ type: 'message', text, channelData: { clientActivityID: text } }))
    await until((activity) => activity.text === `Echo: ${text}`)
  }
  const invoke = await post({ type: 'invoke', name: 'signin/tokenExchange', value: {} })
  const sessionId = await new Promise((resolve, reject) => directLine.getSessionId().subscribe(resolve, reject))
  const seen = activities.map(({ id, text, channelData }) => ({ id, text, channelData }))
  process.stdout.write(JSON.stringify({ ids, invoke, sessionId, statuses, seen }), () => process.exit())
}

main().catch(fail)
