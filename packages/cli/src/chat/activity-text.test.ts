import type { WireActivity, WireFields } from '../direct-line/wire-activity.ts'
import { activityText } from './activity-text.ts'
import { choose } from './choose.ts'
import type { Terminal } from './terminal.ts'

/** Marks styles with a letter, so that expectations can be read. */
const terminal: Terminal = {
  width: 40,
  paint: (style, text) => `<${style}>${text}</>`,
  link: (text, url) => (url === '' ? text : `${text}(${url})`),
}
const plain: Terminal = { ...terminal, paint: (_style, text) => text }

const shown = (activity: Partial<WireActivity>, where: Terminal = plain): string =>
  activityText({ type: 'message', ...activity }, where).lines.join('\n')

const card = (kind: string, content: unknown): WireActivity => ({
  type: 'message',
  attachments: [{ contentType: `application/vnd.microsoft.card.${kind}`, content }],
})
const adaptive = (body: unknown[], more: object = {}): WireActivity =>
  card('adaptive', { type: 'AdaptiveCard', body, ...more })
const button = { type: 'imBack', title: 'Go', value: 'go' }

test.each<[string, Partial<WireActivity>, string]>([
  ['text', { text: 'hello' }, 'hello'],
  ['strong words', { text: 'a **b** and _c_ `d`' }, 'a <bold>b</> and <italic>c</> <cyan>d</>'],
  ['names with underscores', { text: 'some_long_name 2*3*4' }, 'some_long_name 2<italic>3</>4'],
  ['a heading', { text: '## Hi ##\ntext' }, '<bold>Hi</>\ntext'],
  ['a list', { text: '- one\n* two\n1. three' }, '• one\n• two\n1. three'],
  ['a quote', { text: '> said' }, '<dim>│</> said'],
  ['code', { text: '```js\na*b*c\n```' }, '<cyan>    a*b*c</>'],
  ['a link', { text: '[docs](https://x.org/a)' }, 'docs(https://x.org/a)'],
  ['a picture', { text: '![cat](https://x.org/cat.png)' }, '[image: cat](https://x.org/cat.png)'],
  ['escaped signs', { text: '\\*no\\*' }, '*no*'],
  ['plain text', { text: 'a **b**', textFormat: 'plain' }, 'a **b**'],
  ['markup', { text: '<b>a</b><br/>b', textFormat: 'xml' }, 'a\nb'],
  ['nothing', {}, '<dim>[an empty message]</>'],
  ['speech', { speak: '<speak>Hello</speak>' }, '<dim>[spoken: Hello]</>'],
  ['an event', { type: 'event', name: 'go', value: { a: 1 } }, '<dim>[event go: {"a":1}]</>'],
  ['the end', { type: 'endOfConversation', code: 'done' }, '<dim>The bot ended the conversation (done).</>'],
  ['a type nobody knows', { type: 'dance', name: 'x' }, '<dim>[dance x]</>'],
  ['typing', { type: 'typing' }, ''],
])('%s is shown', (_, activity, expected) => {
  expect(shown(activity, terminal)).toBe(expected)
})

test('suggested actions have numbers', () => {
  const activity = {
    type: 'message',
    text: 'Which?',
    suggestedActions: { actions: [button, { ...button, title: 'No' }] },
  }
  expect(shown(activity)).toBe('Which?\n[1] Go  [2] No')
})

test.each<[string, WireActivity, string]>([
  [
    'a hero card',
    card('hero', {
      title: 'T',
      subtitle: 'S',
      text: '**x**',
      images: [{ url: 'https://x.org/a.png', alt: 'A' }],
      buttons: [button],
    }),
    '│ T\n│ S\n│ x\n│ [image: A](https://x.org/a.png)\n│ [1] Go',
  ],
  ['a thumbnail card', card('thumbnail', { title: 'T' }), '│ T'],
  [
    'a card with a link',
    card('hero', { buttons: [{ type: 'openUrl', title: 'Docs', value: 'https://x.org' }] }),
    '│ [1] Docs →(https://x.org)',
  ],
  [
    'a video',
    card('video', { title: 'T', media: [{ url: 'https://x.org/v.mp4' }], duration: 'PT5M' }),
    '│ T\n│ PT5M\n│ ▶ play(https://x.org/v.mp4)',
  ],
  [
    'a receipt',
    card('receipt', {
      title: 'Bill',
      facts: [{ key: 'No.', value: '7' }],
      items: [{ title: 'Tea', price: '$ 2', quantity: 3 }],
      tax: '$ 0.40',
      total: '$ 2.40',
    }),
    [
      '│ Bill',
      '│ No. 7',
      `│ 3 × Tea${' '.repeat(28)}$ 2`,
      `│ ${'─'.repeat(38)}`,
      `│ Tax${' '.repeat(29)}$ 0.40`,
      `│ Total${' '.repeat(27)}$ 2.40`,
    ].join('\n'),
  ],
  [
    'a sign-in card',
    card('signin', { text: 'Sign in', buttons: [{ type: 'signin', title: 'Sign in', value: 'https://x.org/s' }] }),
    '│ Sign in\n│ [1] Sign in →(https://x.org/s)',
  ],
  [
    'an OAuth card',
    card('oauth', {
      text: 'Hi',
      connectionName: 'local',
      buttons: [{ type: 'signin', title: 'Go', value: 'https://x.org/s' }],
    }),
    '│ Hi\n│ signs in with local\n│ [1] Go →(https://x.org/s)',
  ],
  ['an OAuth card without a link', card('oauth', { text: 'Hi' }), '│ Hi\n│ (no link to sign in with)'],
  ['an empty card', card('hero', null), '│ (an empty card)'],
  [
    'several cards',
    {
      ...card('hero', {}),
      attachmentLayout: 'carousel',
      attachments: ['A', 'B'].map((title) => ({
        contentType: 'application/vnd.microsoft.card.hero',
        content: { title },
      })),
    },
    '1 of 2\n│ A\n2 of 2\n│ B',
  ],
  [
    'a file',
    { type: 'message', attachments: [{ contentType: 'image/png', contentUrl: 'https://x.org/cat.png' }] },
    '[image: cat.png,\nimage/png](https://x.org/cat.png)',
  ],
  [
    'a file in an address',
    {
      type: 'message',
      attachments: [{ contentType: 'image/png', name: 'dot', contentUrl: 'data:image/png;base64,AAAA' }],
    },
    '[image: dot, image/png, 3\nbytes](data:image/png;base64,AAAA)',
  ],
  [
    'what nobody knows',
    { type: 'message', attachments: [{ contentType: 'a/b', content: {} }] },
    '[attachment of type a/b]',
  ],
  [
    'texts and facts of an Adaptive Card',
    adaptive([
      { type: 'TextBlock', text: 'T', weight: 'Bolder' },
      { type: 'TextBlock', text: 'gone', isVisible: false },
      { type: 'RichTextBlock', inlines: ['a ', { type: 'TextRun', text: 'b' }] },
      {
        type: 'FactSet',
        facts: [
          { title: 'A', value: '1' },
          { title: 'Long', value: '2' },
        ],
      },
      { type: 'Image', url: 'https://x.org/i', altText: 'I' },
    ]),
    '│ T\n│ a b\n│ A     1\n│ Long  2\n│ [image: I](https://x.org/i)',
  ],
  [
    'columns',
    adaptive([
      {
        type: 'ColumnSet',
        columns: [{ items: [{ type: 'TextBlock', text: 'left' }] }, { items: [{ type: 'TextBlock', text: 'right' }] }],
      },
    ]),
    '│ left                right',
  ],
  [
    'a table',
    adaptive([
      {
        type: 'Table',
        rows: [
          { cells: [{ items: [{ type: 'TextBlock', text: '1' }] }, { items: [{ type: 'TextBlock', text: '2' }] }] },
        ],
      },
    ]),
    '│ 1                   2',
  ],
  [
    'questions and actions',
    adaptive([{ type: 'Input.Text', id: 'n', label: 'Name', isRequired: true }], {
      actions: [
        { type: 'Action.Submit', title: 'OK' },
        { type: 'Action.OpenUrl', title: 'See', url: 'https://x.org' },
      ],
    }),
    '│ ? Name (required)\n│ [1] OK\n│ [2] See →(https://x.org)',
  ],
  [
    'a card in a card',
    adaptive([], {
      actions: [
        {
          type: 'Action.ShowCard',
          title: 'More',
          card: { body: [{ type: 'TextBlock', text: 'x' }], actions: [{ type: 'Action.Submit', title: 'OK' }] },
        },
      ],
    }),
    '│ ▾ More\n│   x\n│   [1] OK',
  ],
  ['a card for newer clients', adaptive([{ type: 'New', fallback: { type: 'TextBlock', text: 'old' } }]), '│ old'],
  ['a card nobody understands', adaptive([{ type: 'New' }], { fallbackText: 'Sorry' }), '│ Sorry'],
])('%s becomes text', (_, activity, expected) => {
  expect(shown(activity)).toBe(expected)
})

test('long lines are broken between words, and never wider than the terminal', () => {
  const text = `${'word '.repeat(30)}日本語の文章はとても長いので折り返さなければなりません、本当に長い文章です`
  const lines = shown({ text }).split('\n')
  expect(lines[0]).toBe('word word word word word word word word')
  expect(lines.at(-2)).toMatch(/^.{20}$/)
})

const hostile = [
  '\u001b[2J\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007\u001b]8;;http://evil\u001b\\x\u001b]52;c;ZXZpbA==\u0007',
  '\u009b31mC1\u009d0;t\u009c\u0090q\u009c',
  '\u001bPdcs\u001b\\\u001b_apc\u001b\\\u001b^pm\u001b\\\u001bc\u001b(0',
  'bell\u0007back\u0008\u0008\u0008\u007f\u0000\rover',
  '\u202egnp.exe\u2066x\u2069',
  '\u001b',
  '\u001b]0;never ends',
]

/** Everything a bot can put a text into. */
const everywhere = (text: string): WireActivity[] => [
  { type: 'message', text },
  { type: 'message', text, textFormat: 'plain' },
  { type: 'message', text: `[${text}](https://x.org/${text}) ![${text}](${text}) \`${text}\`` },
  { type: 'message', speak: text },
  { type: text, name: text },
  { type: 'event', name: text, value: { [text]: text } },
  { type: 'endOfConversation', code: text, text },
  { type: 'trace', label: text },
  { type: 'messageReaction', reactionsAdded: [{ type: text }] },
  { type: 'message', suggestedActions: { actions: [{ type: text, title: text, value: text }] } },
  { type: 'message', attachments: [{ contentType: text, name: text, contentUrl: text, content: text }] },
  { type: 'message', attachments: [{ contentType: `image/${text}`, name: text, contentUrl: `https://x.org/${text}` }] },
  ...['hero', 'video', 'signin', 'oauth'].map((kind) =>
    card(kind, {
      title: text,
      subtitle: text,
      text,
      connectionName: text,
      duration: text,
      images: [{ url: text, alt: text }],
      media: [{ url: text, profile: text }],
      buttons: [{ type: 'openUrl', title: text, value: text }],
    }),
  ),
  card('receipt', {
    title: text,
    total: text,
    facts: [{ key: text, value: text }],
    items: [{ title: text, price: text, quantity: text, text }],
  }),
  adaptive(
    [
      { type: 'TextBlock', text },
      { type: 'RichTextBlock', inlines: [text, { text }] },
      { type: 'FactSet', facts: [{ title: text, value: text }] },
      { type: 'Image', url: text, altText: text },
      { type: 'Media', altText: text, sources: [{ url: text }] },
      { type: 'Input.ChoiceSet', id: text, label: text, value: text, choices: [{ title: text, value: text }] },
    ],
    {
      actions: [
        { type: 'Action.OpenUrl', title: text, url: text },
        { type: 'Action.ShowCard', title: text, card: {} },
      ],
    },
  ),
]

test.each(hostile)('%j cannot control the terminal, wherever it is', (text) => {
  for (const activity of everywhere(text)) {
    const { lines, choices } = activityText(activity, {
      ...plain,
      link: (shownText, url) => `${shownText} ${JSON.stringify(url).length}`,
    })
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    const control = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/
    expect(lines.join('').match(control)).toBeNull()
    expect(choices.map(({ title }) => title).join('')).not.toMatch(control)
  }
})

test.each(['[', '[a](b ', '<', '\n', ' ', '# ', '*', '**a ', '_a', '`a', '\\', '\u001b]', '日', '👩\u200d'])(
  'much of %j is cut, and takes no time',
  (piece) => {
    const text = `${piece.repeat(250_000 / piece.length)}x`
    const activity = {
      ...card('hero', { title: text, text, buttons: [{ ...button, title: text, value: text }] }),
      text,
    }
    const { choices, lines } = activityText(activity, plain)
    expect(lines.join('').length).toBeLessThan(60_000)
    expect(choices[0]?.action['value']).toBe(text)
  },
)

test.each<unknown>([null, 7, 'text', [], [null, 7, 'x', []], { a: 1 }])(
  'fields that are %j are no trouble',
  (value) => {
    const fields = [
      'text',
      'attachments',
      'suggestedActions',
      'name',
      'value',
      'speak',
      'textFormat',
      'attachmentLayout',
    ]
    const all = Object.fromEntries(fields.map((field) => [field, value]))
    expect(() => activityText({ type: 'message', ...all }, plain)).not.toThrow()
    for (const kind of ['hero', 'video', 'receipt', 'signin', 'oauth', 'adaptive']) {
      const content = Object.fromEntries(
        ['title', 'text', 'images', 'media', 'buttons', 'items', 'facts', 'body', 'actions'].map((field) => [
          field,
          value,
        ]),
      )
      expect(() => activityText(card(kind, content), plain)).not.toThrow()
      expect(() => activityText(card(kind, value), plain)).not.toThrow()
    }
  },
)

test('a card in itself many times over is shown as far as it goes', () => {
  let inner: WireFields = { type: 'TextBlock', text: 'deep' }
  for (let depth = 0; depth < 1000; depth++) inner = { type: 'Container', items: [inner] }
  expect(shown(adaptive([inner]))).toBe('│ (an empty card)')
})

const message = { type: 'message', textFormat: 'plain' }

test.each<[string, WireFields, object]>([
  [
    'imBack says its value',
    { type: 'imBack', title: 'T', value: 'v' },
    { activity: { ...message, text: 'v' }, shown: 'v' },
  ],
  [
    'postBack sends a text unseen',
    { type: 'postBack', value: 'v' },
    { activity: { ...message, text: 'v', channelData: { postBack: true } }, shown: '' },
  ],
  [
    'postBack sends an object',
    { type: 'postBack', value: { a: 1 }, displayText: 'D' },
    { activity: { ...message, value: { a: 1 }, channelData: { postBack: true } }, shown: 'D' },
  ],
  [
    'messageBack sends text and value, and shows another',
    { type: 'messageBack', text: 't', value: { a: 1 }, displayText: 'D' },
    {
      activity: { ...message, text: 't', value: { a: 1 }, channelData: { messageBack: { displayText: 'D' } } },
      shown: 'D',
    },
  ],
  [
    'Action.Submit sends its data and the answers',
    { type: 'Action.Submit', data: { a: 1 } },
    { activity: { ...message, value: { a: 1, name: 'Ada' }, channelData: { postBack: true } } },
  ],
  [
    'Action.Execute is an invoke',
    { type: 'Action.Execute', verb: 'save', data: { a: 1 } },
    {
      activity: {
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: 'id7',
        value: { action: { type: 'Action.Execute', verb: 'save', data: { a: 1, name: 'Ada' } }, trigger: 'manual' },
      },
    },
  ],
  ['openUrl shows an address', { type: 'openUrl', value: 'https://x.org' }, { kind: 'open', address: 'https://x.org' }],
  [
    'Action.OpenUrl shows an address',
    { type: 'Action.OpenUrl', url: 'https://x.org' },
    { kind: 'open', address: 'https://x.org' },
  ],
  ['a button nobody knows does nothing', { type: 'payment' }, { kind: 'nothing', type: 'payment' }],
])('%s', (_, action, expected) => {
  const inputs = String(action['type']).startsWith('Action.') ? { name: 'Ada' } : {}
  expect(choose({ title: 'T', action, activityId: 'id7' }, inputs)).toMatchObject(expected)
})
