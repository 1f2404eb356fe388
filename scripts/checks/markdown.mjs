/**
 * The prose of a Markdown file, line by line, with fenced code replaced by empty lines so that line numbers stay true.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function proseLines(text) {
  let fence = ''
  return text.split('\n').map((line) => {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1] ?? ''
    if (fence !== '') {
      if (mark.startsWith(fence)) fence = ''
      return ''
    }
    fence = mark
    return mark === '' ? line : ''
  })
}

/**
 * What stands between single backticks.
 *
 * @param {string} line
 */
export function codeSpans(line) {
  return [...line.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, code = '']) => code)
}

/**
 * Targets of links, images and link definitions: `[text](target)`, `[name]: target`, `<a href="target">`.
 *
 * @param {string} line
 */
export function linkTargets(line) {
  const prose = line.replaceAll(/(?<!`)`[^`]+`(?!`)/g, '')
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)]
  const defined = [...prose.matchAll(/^\s*\[[^\]]+\]:\s*(\S+)/g)]
  const html = [...prose.matchAll(/(?:href|src)="([^"]+)"/g)]
  return [...inline, ...defined, ...html].map(([, target = '']) => target)
}

/**
 * The anchors GitHub gives the headings of a file.
 *
 * @param {string} text
 * @returns {Set<string>}
 */
export function headingAnchors(text) {
  /** @type {Set<string>} */
  const anchors = new Set()
  for (const line of proseLines(text)) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1]
    if (heading === undefined) continue
    const slug = slugOf(heading)
    let unique = slug
    for (let count = 1; anchors.has(unique); count++) unique = `${slug}-${count}`
    anchors.add(unique)
  }
  return anchors
}

/** @param {string} heading */
function slugOf(heading) {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')
}
