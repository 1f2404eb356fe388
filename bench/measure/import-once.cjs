/**
 * Loads one package in this fresh process: `import-once.cjs FOLDER PACKAGE [count]`. Prints the time as JSON, or with `count`
 * how many files were loaded; the two are apart because the debugger that counts also slows down.
 */
const { createRequire } = require('node:module')

const [folder = '', name = '', mode] = process.argv.slice(2)
const load = createRequire(folder)

if (mode === 'count') {
  const { Session } = require('node:inspector')
  const session = new Session()
  const files = new Set()
  session.connect()
  session.on('Debugger.scriptParsed', ({ params: { url } }) => {
    if (/^(file:|\/|[A-Za-z]:\\)/.test(url)) files.add(url)
  })
  session.post('Debugger.enable')
  // What was loaded before, this file among it, is reported by `enable` itself.
  files.clear()
  load(name)
  console.log(JSON.stringify({ files: files.size }))
} else {
  const rssBefore = process.memoryUsage.rss()
  const begin = performance.now()
  load(name)
  const milliseconds = performance.now() - begin
  console.log(JSON.stringify({ milliseconds, rssBytes: process.memoryUsage.rss() - rssBefore }))
}
