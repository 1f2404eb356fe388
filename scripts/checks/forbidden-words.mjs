import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from './sources.mjs'

/** @typedef {import('./check.d.ts').Finding} Finding */

const text =
  /(^|\/)(\.ci\/run|[^/]+\.([cm]?[jt]sx?|json|md|html|css|ya?ml|sh|bicep)|Dockerfile|\.npmrc|\.gitignore|\.env[.\w]*)$/
const documents = /(\.md|\.npmrc|package-lock\.json)$/

/** The patterns are written so that this file does not contain what it looks for. */
const words = [
  {
    pattern: /(?<![\w.])\/(?:work|tmp\/(?:brief|peers))\/[\w.-]*/,
    applies: text,
    why: 'A path of one machine means nothing on another, and tells about who wrote it.',
    fix: 'Write a path relative to the repository.',
  },
  {
    pattern: /\bregistry[.][\w-]+[.][a-z]{2,}\b|^\s*(?:@[\w-]+:)?registry\s*=/,
    applies: documents,
    why: 'Everyone installs from the registry they have configured; naming a host overrides or contradicts that.',
    fix: 'Leave the host out: npm knows it.',
  },
]

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'forbidden-words',
  summary: 'no machine paths, no registry hosts',
  run: (root) =>
    listFiles(root)
      .filter((file) => text.test(file))
      .flatMap((file) => findIn(file, readFileSync(join(root, file), 'utf8'))),
}

/**
 * @param {string} file
 * @param {string} content
 * @returns {Finding[]}
 */
function findIn(file, content) {
  const relevant = words.filter(({ applies, pattern }) => applies.test(file) && new RegExp(pattern, 'm').test(content))
  if (relevant.length === 0) return []
  return content.split('\n').flatMap((line, index) =>
    relevant.flatMap(({ pattern, why, fix }) => {
      const match = pattern.exec(line)
      return match ? [{ what: `${file}:${index + 1} contains '${match[0].trim()}'`, why, fix }] : []
    }),
  )
}
