import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestAdapter } from '@parley/testing'
import type { RecognizerResult } from '../recognizer.ts'
import { topIntent } from '../recognizer.ts'
import type { LocalModel } from './local-model.ts'
import { LocalRecognizer } from './local-recognizer.ts'

const travel: LocalModel = {
  intents: {
    BookFlight: ['book a flight', 'fly to @city', 'fly from @origin to @destination', 'i need a plane ticket'],
    Weather: ['what is the weather like', 'will it rain in @city', 'weather forecast'],
    Help: ['help', 'what can you do', '👍'],
  },
  entities: {
    city: {
      list: {
        London: ['LHR', 'Londres'],
        'New York': ['NYC', 'the big apple'],
        York: [],
        Zürich: [],
        Rome: ['city of love'],
        Paris: ['city of love'],
      },
      roles: { origin: ['from @', 'leaving @'], destination: ['to @'], back: ['@ and back'] },
    },
    flight: { patterns: ['[A-Z]{2}\\d{3,4}'] },
    any: { patterns: ['\\w+ please'] },
  },
}
const recognizer = new LocalRecognizer(travel)

function entitiesOf(text: string): Record<string, unknown> {
  const { $instance: _, ...values } = recognizer.recognizeText(text).entities
  return values
}

test.each<[string, Record<string, unknown>]>([
  ['nothing here', {}],
  ['weather in LONDON', { city: [['London']] }],
  ['weather in lhr, zurich', { city: [['London'], ['Zürich']] }],
  ['new-york', { city: [['New York']] }],
  ['the city of love', { city: [['Rome', 'Paris']] }],
  ['yorkshire', {}],
  ['fly from london to new york', { origin: [['London']], destination: [['New York']] }],
  ['leaving the big apple', { origin: [['New York']] }],
  ['nyc and back', { back: [['New York']] }],
  ['ba123 to Rome', { flight: ['ba123'], destination: [['Rome']] }],
  ['help please', { any: ['help please'] }],
])('in "%s" the entities are %j', (text, wanted) => {
  expect(entitiesOf(text)).toEqual(wanted)
})

test('$instance tells where each was, by UTF-16 units, what was written, and its entity', () => {
  const text = '🛫 from  Zürich, BA123'
  const { $instance } = recognizer.recognizeText(text).entities
  expect($instance).toEqual({
    origin: [{ startIndex: 9, endIndex: 15, text: 'Zürich', type: 'city', score: 1, role: 'origin' }],
    flight: [{ startIndex: 17, endIndex: 22, text: 'BA123', type: 'flight', score: 1 }],
  })
  expect(text.slice(9, 15)).toBe('Zürich')
})

test.each([
  ['fly to Rome', 'BookFlight'],
  ['fly to the big apple', 'BookFlight'],
  ['will it rain in Zurich', 'Weather'],
  ['will it rain in york?', 'Weather'],
  ['HELP', 'Help'],
  ['👍', 'Help'],
  ['the cat is on the roof', 'None'],
  ['', 'None'],
  ['?!', 'None'],
])('"%s" means %s', (text, intent) => {
  expect(topIntent(recognizer.recognizeText(text))).toBe(intent)
})

test('the name of an entity counts in place of what is written, where utterances refer to it', () => {
  const score = (text: string): number | undefined => recognizer.recognizeText(text).intents['BookFlight']?.score
  expect(score('fly to New York')).toBe(score('fly to Zürich'))
  expect(score('fly to New York')).toBeGreaterThan(score('fly to Ouagadougou') ?? 1)
})

test('scores sum up to 1, the likeliest first, and every intent has one', () => {
  for (const text of ['fly to rome', 'help', 'xyz', 'what is', 'ticket weather help']) {
    const { intents } = recognizer.recognizeText(text)
    const scores = Object.values(intents).map(({ score }) => score ?? 0)
    expect(Object.keys(intents).toSorted()).toEqual(['BookFlight', 'Help', 'None', 'Weather'])
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 9)
    expect(scores).toEqual(scores.toSorted((one, other) => other - one))
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
  }
})

test('utterances of None draw what is like them away from other intents', () => {
  const intents = { Help: ['what can you do', 'can you help me'], None: ['can you do my taxes', 'can you do magic'] }
  expect(topIntent(new LocalRecognizer({ intents: { Help: intents.Help } }).recognizeText('can you do my taxes'))).toBe(
    'Help',
  )
  expect(topIntent(new LocalRecognizer({ intents }).recognizeText('can you do my taxes'))).toBe('None')
})

test('names as those of Object.prototype are names', () => {
  const odd = JSON.parse(
    '{"intents": {"__proto__": ["hello"], "constructor": ["good bye"]}, "entities": {"toString": {"list": {"x": []}}}}',
  )
  const { intents, entities } = new LocalRecognizer(odd).recognizeText('hello x')
  expect(Object.keys(intents)).toContain('__proto__')
  expect(Object.entries(entities)).toContainEqual(['toString', [['x']]])
})

async function recognizeActivity(activity: object): Promise<RecognizerResult | undefined> {
  let result: RecognizerResult | undefined
  const adapter = new TestAdapter(async (context) => {
    result = await recognizer.recognize(context)
  })
  await adapter.receiveActivity(activity)
  return result
}

test.each([
  [{ type: 'message', text: 'fly to Rome' }, 'BookFlight'],
  [{ type: 'message' }, 'None'],
  [{ type: 'event', name: 'x' }, 'None'],
  [{ type: 'message', text: 5 }, 'None'],
])('of a turn it takes the text of the activity: %j means %s', async (activity, intent) => {
  expect(topIntent((await recognizeActivity(activity)) ?? { text: '', intents: {} })).toBe(intent)
})

test('of 10 MB of text it looks at the first 1,000 characters, and gives the text back', () => {
  const text = `fly to Rome ${'zürich BA123 @city '.repeat(600_000)}`
  const result = recognizer.recognizeText(text)
  expect(result.text).toBe(text)
  expect(result.entities.$instance.flight.length).toBeLessThan(100)
  expect(result.entities.$instance.flight.at(-1).endIndex).toBeLessThanOrEqual(1_000)
})

test.each(['\ud800', '\udc00 fly \ud83d', '\0', '\u200b', 'a\u0300'.repeat(500), '﷽'.repeat(1000)])(
  'no text throws: %.20j',
  (text) => {
    expect(recognizer.recognizeText(text).text).toBe(text)
  },
)

describe('training data', () => {
  const invalid = (json: string): unknown => {
    try {
      LocalRecognizer.fromJson(json, 'model.json')
    } catch (error) {
      return error
    }
    return undefined
  }
  const withEntity = (entity: string): string => `{"intents": {"A": ["x"]},\n"entities": {"e":\n${entity}}}`

  test.each([
    ['{"intents": {"A": ["x"]', 1, '', /is no JSON: a , or } is missing/],
    ['{"intents": {"A": ["x"],\n"A": ["y"]}}', 2, '', /"A" is there twice/],
    ['[]', 1, '', /it is not an object/],
    ['{}', 1, '', /has no "intents"/],
    ['{"intents": {}}', 1, 'intents', /has no intent/],
    ['{"intent": {}}', 1, 'intent', /is unknown; there may be "\$schema", "intents", "entities"/],
    ['{"intents": {\n"A": []}}', 2, 'intents.A', /has no utterance/],
    ['{"intents": {\n"A": "x"}}', 2, 'intents.A', /is not an array of texts/],
    ['{"intents": {"A": [\n"x",\n5]}}', 3, 'intents.A[1]', /is not a text/],
    ['{"intents": {"A": ["x",\n" ?! "]}}', 2, 'intents.A[1]', /has no word/],
    ['{"intents": {" ": ["x"]}}', 1, 'intents. ', /without a name/],
    ['{"intents": {"A": ["go to @city"]}}', 1, 'intents.A[0]', /refers to @city, which is neither/],
    [`{"intents": {"A": ["${'x'.repeat(501)}"]}}`, 1, 'intents.A[0]', /longer than 500 characters/],
    [withEntity('{}'), 3, 'entities.e', /neither "list" nor "patterns"/],
    [withEntity('{"lists": {}}'), 3, 'entities.e.lists', /is unknown; there may be "list", "patterns", "roles"/],
    [withEntity('{"list": {"a": "b"}}'), 3, 'entities.e.list.a', /is not an array of texts/],
    [withEntity('{"list": {"a":\n["-"]}}'), 4, 'entities.e.list.a[0]', /has no word/],
    [withEntity('{"patterns": ["(a"]}'), 3, 'entities.e.patterns[0]', /a \( without a \)/],
    [withEntity('{"patterns": ["a"], "roles": {"r": ["from"]}}'), 3, 'entities.e.roles.r[0]', /needs one @/],
    [withEntity('{"patterns": ["a"], "roles": {"r": ["@"]}}'), 3, 'entities.e.roles.r[0]', /has no word/],
    [withEntity('{"patterns": ["a"], "roles": {"a b": []}}'), 3, 'entities.e.roles.a b', /a name with other than/],
    [
      '{"intents": {"A": ["x"]}, "entities": {"$instance": {"patterns": ["a"]}}}',
      1,
      'entities.$instance',
      /a name with/,
    ],
  ])('%j: the fault is in line %p at "%s"', (json, line, path, message) => {
    const error = invalid(json)
    expect(error).toMatchObject({ code: 'RECOGNIZERS_MODEL_INVALID', file: 'model.json', line, path })
    expect(error).toMatchObject({ message: expect.stringMatching(message) })
    expect(error).toMatchObject({ message: expect.stringContaining(`model.json:${line} `) })
  })

  test('a message stays short, however long a name is', () => {
    const name = 'x'.repeat(1_000_000)
    for (const json of [`{"${name}": 1}`, `{"intents": {"${name}": []}}`, `{"${name}": 1, "${name}": 1}`]) {
      expect(String(invalid(json)).length).toBeLessThan(400)
    }
  })

  test('a fault of an object has its path', () => {
    expect(() => new LocalRecognizer({ intents: { A: [''] } })).toThrow(
      expect.objectContaining({ code: 'RECOGNIZERS_MODEL_INVALID', path: 'intents.A[0]', line: undefined }),
    )
    expect(() => new LocalRecognizer(null as never)).toThrow(expect.objectContaining({ path: '' }))
  })

  test.each([
    [
      'intents',
      { intents: Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`i${n}`, ['x']])) },
      /may be 500 intents/,
    ],
    ['utterances', { intents: { A: Array<string>(20_001).fill('x') } }, /may be 20000 utterances/],
    [
      'phrases',
      { intents: { A: ['x'] }, entities: { e: { list: { v: Array<string>(100_001).fill('x') } } } },
      /may be 100000 phrases/,
    ],
    [
      'patterns',
      { intents: { A: ['x'] }, entities: { e: { patterns: Array<string>(101).fill('x') } } },
      /may be 100 patterns/,
    ],
    [
      'roles',
      { intents: { A: ['x'] }, entities: { e: { patterns: ['x'], roles: { r: Array<string>(1_001).fill('to @') } } } },
      /may be 1000 roles/,
    ],
  ])('too many %s are refused', (_, model, message) => {
    expect(() => new LocalRecognizer(model)).toThrow(message)
  })

  test('the largest data there may be still answer', () => {
    const utterances = (intent: number): string[] =>
      Array.from(
        { length: 40 },
        (_, n) => `${'common words of all '.repeat(5)} ${intent} ${n} ${(intent * 7919 + n).toString(36)}`,
      )
    const intents = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`i${n}`, utterances(n)]))
    expect(new LocalRecognizer({ intents }).recognizeText('common words '.repeat(80)).intents['None']).toBeDefined()
  })
})

describe('from a file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-recognizers-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('it is read with a byte order mark, too', async () => {
    const path = join(folder, 'travel.json')
    await writeFile(path, `\ufeff${JSON.stringify(travel)}`)
    const fromFile = await LocalRecognizer.fromFile(path)
    expect(fromFile.recognizeText('fly to Rome')).toEqual(recognizer.recognizeText('fly to Rome'))
  })

  test('a fault has the name of the file', async () => {
    const path = join(folder, 'bad.json')
    await writeFile(path, '{\n"intents": 5}')
    await expect(LocalRecognizer.fromFile(path)).rejects.toMatchObject({
      message: 'The training data cannot be used: bad.json:2 intents is not an object.',
    })
  })

  test.each([
    ['that is not there', 'nope.json', /there is no such file/],
    ['that is a folder', '.', /EISDIR|larger/],
  ])('a file %s cannot be read', async (_, name, message) => {
    await expect(LocalRecognizer.fromFile(join(folder, name))).rejects.toMatchObject({
      code: 'RECOGNIZERS_MODEL_UNREADABLE',
      message: expect.stringMatching(message),
    })
  })

  test('a file that is too large is not read', async () => {
    const path = join(folder, 'large.json')
    await writeFile(path, ' '.repeat(8 * 1024 * 1024 + 1))
    await expect(LocalRecognizer.fromFile(path)).rejects.toThrow(/larger than 8 MiB/)
  })
})
