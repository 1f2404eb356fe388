import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { listWorkspaces, readManifest } from '../workspaces.mjs'
import { codeSpans, headingAnchors, linkTargets, proseLines } from './markdown.mjs'
import { listFiles } from './sources.mjs'

/**
 * @typedef {import('./check.d.ts').Finding} Finding
 * @typedef {(root: string, file: string, line: string) => Finding[]} LineCheck
 */

const why = 'A guide that names what does not exist costs every reader the search for it.'
const roots = /^(packages|templates|docs|scripts|bench|\.ci)\//

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'docs',
  summary: 'links, paths and npm scripts named in Markdown exist',
  run: (root) =>
    listFiles(root)
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) => {
        const text = readFileSync(join(root, file), 'utf8')
        return [
          ...checkLines(proseLines(text), root, file, [checkLinks, checkPaths]),
          ...checkLines(text.split('\n'), root, file, [checkScripts]),
        ]
      }),
}

/**
 * @param {string[]} lines
 * @param {string} root
 * @param {string} file
 * @param {LineCheck[]} checks
 * @returns {Finding[]}
 */
function checkLines(lines, root, file, checks) {
  return lines.flatMap((line, index) =>
    checks.flatMap((lineCheck) =>
      lineCheck(root, file, line).map((finding) => ({ ...finding, what: `${file}:${index + 1} ${finding.what}` })),
    ),
  )
}

/** @type {LineCheck} */
function checkLinks(root, file, line) {
  return linkTargets(line)
    .filter((target) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target))
    .flatMap((target) => {
      const [path = '', anchor] = decodeURI(target).split('#')
      const linked = path === '' ? file : posix.join(posix.dirname(file), path)
      if (!existsSync(join(root, linked)))
        return [{ what: `links to ${target}, which does not exist`, why, fix: fixLink }]
      if (!anchor || !linked.endsWith('.md')) return []
      const anchors = headingAnchors(readFileSync(join(root, linked), 'utf8'))
      return anchors.has(anchor)
        ? []
        : [{ what: `links to ${target}, and that file has no such heading`, why, fix: fixLink }]
    })
}

const fixLink = 'Correct the link; paths are relative to the file they stand in.'

/** @type {LineCheck} */
function checkPaths(root, file, line) {
  return codeSpans(line)
    .filter((code) => roots.test(code) && !/[\s*<>{}$…]/.test(code))
    .map((code) => code.replace(/:\d+$/, ''))
    .filter((path) => !existsSync(join(root, path)) && !existsSync(join(root, posix.dirname(file), path)))
    .map((path) => ({
      what: `names ${path}, which does not exist`,
      why,
      fix: 'Correct the path; paths are relative to the repository or to the file.',
    }))
}

/** @type {LineCheck} */
function checkScripts(root, file, line) {
  return [...line.matchAll(/\bnpm run ([a-z][\w:-]*)/g)]
    .map(([, script = '']) => script)
    .filter((script) => !scriptsFor(root, file).has(script))
    .map((script) => ({
      what: `says npm run ${script}, and no package.json has that script`,
      why,
      fix: 'Name a script that exists.',
    }))
}

/**
 * The scripts a reader of the file may be told to run: the repository's, those of the workspace the file stands in, and,
 * since the guide speaks about bots made from them, those of the templates.
 *
 * @param {string} root
 * @param {string} file
 * @returns {Set<string>}
 */
function scriptsFor(root, file) {
  const near = listWorkspaces(root).filter(
    ({ folder }) => folder.startsWith('templates/') || file.startsWith(`${folder}/`),
  )
  const manifests = [readManifest(root), ...near.map(({ manifest }) => manifest)]
  return new Set(manifests.flatMap(({ scripts = {} }) => Object.keys(scripts)))
}
