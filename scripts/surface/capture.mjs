// Writes names/<package>.json: what the packages of SDK v4 offer, by the type declarations they were published with. Run once
// per version of theirs: install them somewhere with `npm install --ignore-scripts`, and name that folder.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { declarationOf, readSurfaces } from './read-surface.mjs'
import { packages, standsOn } from './packages.mjs'

const [folder] = process.argv.slice(2)
if (folder === undefined || folder === '--help') {
  console.log(
    'usage: node scripts/surface/capture.mjs FOLDER\n\nFOLDER has the packages of SDK v4 in its node_modules.',
  )
  process.exit(folder === undefined ? 2 : 0)
}
const entries = Object.fromEntries(
  packages.map((name) => {
    const at = join(resolve(folder), 'node_modules', name)
    return [name, declarationOf(at, JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')))]
  }),
)
const surfaces = readSurfaces(entries, { ownOnly: true })
for (const name of packages) {
  const surface = surfaces[name] ?? {}
  const below = standsOn[name] ?? []
  const own = Object.entries(surface).filter(([key]) => !below.some((lower) => key in (surfaces[lower] ?? {})))
  const file = fileURLToPath(new URL(`names/${name}.json`, import.meta.url))
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(own), null, 2)}\n`)
  console.log(`${name}: ${own.length} names of its own`)
}
