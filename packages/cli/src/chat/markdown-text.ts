import type { Terminal } from './terminal.ts'

/**
 * Markdown as a terminal shows it: styles for emphasis and headings, points for lists, links that can be clicked. What is not
 * understood stays as it is written. The text is free of control characters.
 */
export function markdownText(text: string, terminal: Terminal): string[] {
  let isCode = false
  return text.split('\n').flatMap((line) => {
    if (/^\s*(```|~~~)/.test(line)) {
      isCode = !isCode
      return []
    }
    return [isCode ? terminal.paint('cyan', `    ${line}`) : blockText(line, terminal)]
  })
}

function blockText(line: string, terminal: Terminal): string {
  const [, marks = ''] = /^(#{1,6}\s+)\S/.exec(line) ?? []
  if (marks !== '')
    return terminal.paint('bold', inlineText(line.slice(marks.length).replace(/ #{1,6} *$/, ''), terminal))
  if (/^\s*([-*_])\s*(?:\1\s*){2,}$/.test(line)) return terminal.paint('dim', '─'.repeat(Math.min(terminal.width, 40)))
  const [, quote] = /^\s*>\s?(.*)$/.exec(line) ?? []
  if (quote !== undefined) return `${terminal.paint('dim', '│')} ${inlineText(quote, terminal)}`
  const [, indent = '', item] = /^(\s*)[-*+]\s+(.*)$/.exec(line) ?? []
  if (item !== undefined) return `${indent}• ${inlineText(item, terminal)}`
  return inlineText(line, terminal)
}

/**
 * Code, pictures and links, strong and light emphasis, struck text, escaped signs: whatever begins first.
 */
const inline =
  /`([^`]+)`|!\[([^[\]]*)\]\(([^()\s]+)[^()]*\)|\[([^[\]]+)\]\(([^()\s]+)[^()]*\)|\*\*([^\s*](?:[^*]*[^\s*])?)\*\*|__([^\s_](?:[^_]*[^\s_])?)__|~~([^~]+)~~|\*([^\s*](?:[^*]*[^\s*])?)\*|(?<![A-Za-z\d])_([^\s_](?:[^_]*[^\s_])?)_(?![A-Za-z\d])|\\([\\`*_{}[\]()#+.!>~-])/g

/** Markdown within a line. */
export function inlineText(line: string, terminal: Terminal): string {
  return line.replace(inline, (all: string, ...found: (string | undefined)[]) => {
    const [code, alt, image, label, url, strong, strong2, struck, light, light2, escaped] = found
    if (code !== undefined) return terminal.paint('cyan', code)
    if (image !== undefined) return terminal.link(`[image: ${alt || 'no description'}]`, image)
    if (url !== undefined) return terminal.link(label ?? '', url)
    const bold = strong ?? strong2
    if (bold !== undefined) return terminal.paint('bold', inlineText(bold, terminal))
    if (struck !== undefined) return terminal.paint('strikethrough', struck)
    const italic = light ?? light2
    if (italic !== undefined) return terminal.paint('italic', inlineText(italic, terminal))
    return escaped ?? all
  })
}
