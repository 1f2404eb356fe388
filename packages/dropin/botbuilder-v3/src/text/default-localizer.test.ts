import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Prompts } from '../index.ts'
import { talkWith } from '../../test/talk.ts'

let parent: string
let folder: string

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'parley-locale-'))
  folder = join(parent, 'locale')
  const write = (locale: string, name: string, texts: object): void => {
    mkdirSync(join(folder, locale), { recursive: true })
    writeFileSync(join(folder, locale, `${name}.json`), JSON.stringify(texts))
  }
  write('en', 'index', { greeting: 'Good day, %s' })
  write('de', 'index', { greeting: ['Guten Tag, %s'] })
  write('de', 'BotBuilder', { confirm_yes: 'ja=j', confirm_no: 'nein=n', default_confirm: 'Bitte ja oder nein.' })
})
afterAll(() => rmSync(parent, { recursive: true }))

function localized(): ReturnType<typeof talkWith> {
  const talk = talkWith([
    (session) => {
      session.send('greeting', session.message.user.name)
      Prompts.confirm(session, 'question')
    },
    (session, { response }) => session.endDialog('%j', response),
  ])
  talk.bot.set('localizerSettings', { botLocalePath: folder, defaultLocale: 'en' })
  return talk
}

test.each([
  ['de-AT', ['Guten Tag, User', 'question'], 'Bitte ja oder nein.', 'ja'],
  ['en-US', ['Good day, User', 'question'], "I didn't understand. Please answer 'yes' or 'no'.", 'yes'],
  ['fr-FR', ['Good day, User', 'question'], "I didn't understand. Please answer 'yes' or 'no'.", 'yes'],
])('in %s the bot speaks from its files, and else as it is written', async (textLocale, greeting, retry, yes) => {
  const { say } = localized()
  expect(await say('go', { textLocale })).toEqual(greeting)
  expect(await say('x', { textLocale })).toEqual([retry])
  expect(await say(yes, { textLocale })).toEqual(['true'])
})

test.each(['../secret', '..', 'en/../../secret', 'x'.repeat(300)])(
  '%j is no language, and no path',
  async (textLocale) => {
    const secret = join(parent, 'secret')
    mkdirSync(secret, { recursive: true })
    writeFileSync(join(secret, 'index.json'), JSON.stringify({ greeting: 'secret' }))
    const { say } = localized()
    expect(await say('go', { textLocale })).toEqual(['Good day, User', 'question'])
    rmSync(secret, { recursive: true })
  },
)

test('a file that is no JSON is warned of, and the bot answers', async () => {
  const warned = jest.spyOn(console, 'error').mockImplementation(() => {})
  mkdirSync(join(folder, 'it'), { recursive: true })
  writeFileSync(join(folder, 'it', 'index.json'), '{')
  const { say } = localized()
  expect(await say('go', { textLocale: 'it' })).toHaveLength(2)
  expect(warned.mock.calls.join()).toContain('The texts of the locale cannot be read')
  warned.mockRestore()
})
