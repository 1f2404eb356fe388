/**
 * Speech Synthesis Markup Language, as far as speaking a message needs it. The text is not escaped: it may be markup itself.
 *
 * @see https://www.w3.org/TR/speech-synthesis11/
 */
export function toSsml(content: string, locale: string): string {
  const attributes = `version='1.0' xmlns='http://www.w3.org/2001/10/synthesis' xml:lang='${escapeAttribute(locale)}'`
  return `<speak ${attributes}>${content}</speak>`
}

/** The content, spoken with a voice. */
export function withVoice(content: string, voiceName: string): string {
  return `<voice name='${escapeAttribute(voiceName)}'>${content}</voice>`
}

/** Whether the text has an element of that name, in any case, outside of comments. */
export function hasElement(text: string, name: 'speak' | 'voice'): boolean {
  return new RegExp(`<${name}[\\s/>]`, 'i').test(withoutComments(text))
}

/** By hand, because a regular expression takes quadratic time on comments that do not end. */
function withoutComments(text: string): string {
  let rest = text
  let kept = ''
  for (;;) {
    const start = rest.indexOf('<!--')
    if (start === -1) return kept + rest
    kept += rest.slice(0, start)
    const end = rest.indexOf('-->', start + 4)
    if (end === -1) return kept
    rest = rest.slice(end + 3)
  }
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll("'", '&apos;').replaceAll('<', '&lt;')
}
