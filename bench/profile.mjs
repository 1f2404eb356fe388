/**
 * Where the time of a turn goes: `node bench/profile.mjs [CANDIDATE]`. Profiles one warm bot at 16 connections
 * and prints its functions by self time. Writes the profile for Chrome's developer tools with `--out FILE.cpuprofile`.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startBot, startStage } from './measure/bots.mjs'
import { parseOptions } from './options.mjs'

const CONNECTIONS = 16
const WARM_UP_TURNS = 20_000
const TURNS = 20_000
const FUNCTIONS_SHOWN = 45

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' } },
})
for (const candidate of parseOptions(['--candidates', positionals[0] ?? 'parley']).candidates) await profile(candidate)

/** @param {import('./candidates/index.mjs').Candidate} candidate */
async function profile(candidate) {
  const stage = await startStage()
  try {
    const bot = await startBot(candidate, stage)
    await bot.send(WARM_UP_TURNS, CONNECTIONS)
    const plain = await bot.measure(TURNS, CONNECTIONS)
    await bot.ask('startProfile')
    await bot.send(TURNS, CONNECTIONS)
    const recorded = await bot.ask('stopProfile')
    await bot.stop()
    console.log(`${candidate.title}: ${plain.cpuMicrosPerTurn.toFixed(1)} µs of CPU per turn without the profiler.`)
    console.log('µs per turn by self time, with it:\n')
    print(recorded)
    if (values.out) writeFileSync(values.out, JSON.stringify(recorded))
  } finally {
    await stage.stop()
  }
}

/** @param {import('node:inspector').Profiler.Profile} recorded */
function print({ nodes, samples = [], timeDeltas = [] }) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  /** @type {Map<string, number>} */
  const selfMicros = new Map()
  samples.forEach((id, index) => {
    const name = names.get(id) ?? ''
    selfMicros.set(name, (selfMicros.get(name) ?? 0) + (timeDeltas[index] ?? 0))
  })
  const sorted = [...selfMicros].filter(([name]) => name !== '(idle)').sort((a, b) => b[1] - a[1])
  for (const [name, micros] of sorted.slice(0, FUNCTIONS_SHOWN)) {
    console.log(`${(micros / TURNS).toFixed(2).padStart(7)}  ${name}`)
  }
}

/** @param {import('node:inspector').Runtime.CallFrame} frame */
function nameOf({ functionName, url, lineNumber }) {
  if (url === '') return functionName
  const place = url.split('/').slice(-3).join('/')
  return `${functionName || '(anonymous)'}  ${place}:${lineNumber + 1}`
}
