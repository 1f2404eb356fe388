import { Pattern } from './pattern.ts'
import { PatternProblem } from './pattern-syntax.ts'

const found = (source: string, text: string): string[] =>
  new Pattern(source).find(text).map(({ start, end }) => text.slice(start, end))

test.each([
  ['[A-Z]{2}\\d{3,4}', 'BA123 and lh4567, not XYZ123 nor BA12', ['BA123', 'lh4567']],
  ['\\d+', '12 345, but not a6', ['12', '345']],
  ['\\d{4}', '12345 6789', ['6789']],
  ['(mon|tues)day|today', 'monday today Tuesday sunday', ['monday', 'today', 'Tuesday']],
  ['a|ab|abc', 'abc ab', ['abc', 'ab']],
  ['\\d+(?:\\.\\d+)?', '3.14 and 10.', ['3.14', '10']],
  ['#\\d{1,}', 'ticket #42.', ['#42']],
  ['[^\\s@]+@[^\\s@]+\\.\\w+', 'mail bob@example.com now', ['bob@example.com']],
  ['\\p{L}+straße', 'in der Hauptstraße 5', ['Hauptstraße']],
  ['É\\w+', 'école', ['école']],
  ['.+', 'all of it', ['all of it']],
  ['[\\]x]y', 'xy ]y', ['xy', ']y']],
  ['第\\d号', '第5号です', ['第5号']],
  ['🦄+', 'a 🦄🦄 b', ['🦄🦄']],
  ['\\u0041\\u{42}', 'ab', ['ab']],
  ['a\\-b', 'a-b', ['a-b']],
  ['(a?){3}b{0,2}c', 'aabc', ['aabc']],
])('%s finds in "%s" whole words: %j', (source, text, wanted) => {
  expect(found(source, text)).toEqual(wanted)
})

test.each([
  ['(', /a \( without a \)/],
  [')', /a \) without a \(/],
  ['a**', /two quantifiers/],
  ['a+?', /two quantifiers/],
  ['*', /not supported/],
  ['^a', /not supported/],
  ['a\\b', /not supported/],
  ['(a)\\1', /not supported/],
  ['(?=a)', /only \(…\) and \(\?:…\)/],
  ['(?<name>a)', /only \(…\) and \(\?:…\)/],
  ['[b-a]', /no class of characters/],
  ['\\p{Nope}', /no class of characters/],
  ['a{3,2}', /counts rise/],
  ['a{1000}', /go up to 100/],
  ['(((a{100}){100}){100})', /too large/],
  ['a*', /empty text/],
  ['', /empty text/],
  ['x'.repeat(201), /longer than 200/],
  ['('.repeat(30), /20 deep/],
])('the pattern %s is refused, with the reason', (source, message) => {
  expect(() => new Pattern(source)).toThrow(PatternProblem)
  expect(() => new Pattern(source)).toThrow(message)
})

test.each(['(a+)+b', '(a|a)*b', '(a|aa)+b', 'a*a*a*a*a*a*b', '([a-z]+ ?)+[0-9]', '(.*a){10}b'])(
  '%s, at which regular expressions take hours, is through with a long text at once',
  (source) => {
    expect(found(source, 'a'.repeat(1_000))).toEqual([])
    expect(found(source, 'a '.repeat(500))).toEqual([])
  },
)
