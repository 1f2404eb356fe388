import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TurnContext } from '@parley/core'
import { afterTest, startBotFor, startTogether } from './bot-host.ts'
import type { BotLogic } from './bot-host.ts'
import { CommandRun } from './command-run.ts'
import { eventually } from 'test-support/eventually'
import { freePort } from 'test-support/free-port'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-chat-'))
  afterTest(async () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs `parley chat` with these lines on stdin. */
async function piped(lines: string, logic?: BotLogic, more: string[] = []): Promise<CommandRun> {
  const { flags, env } = await startBotFor(logic)
  const run = new CommandRun(['chat', ...flags, ...more], { env, cwd: temporaryFolder() })
  run.stdin.end(lines)
  return run
}

const menu: BotLogic = async (context: TurnContext) => {
  const { type, text, value, name, attachments } = context.activity
  if (type === 'invoke') {
    const { data } = (value as { action: { data: object } }).action
    const body = {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: `Saved ${JSON.stringify(data)}`,
    }
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } })
  } else if (type === 'event') await context.sendActivity(`Event ${name}: ${JSON.stringify(value)}`)
  else if (attachments) await context.sendActivity(`Got ${attachments[0]?.name} of type ${attachments[0]?.contentType}`)
  else if (text === 'menu') {
    const action = (title: string): object => ({ type: 'imBack', title, value: title.toLowerCase() })
    await context.sendActivity({
      type: 'message',
      text: 'Which?',
      attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: { buttons: [action('Tea')] } }],
      suggestedActions: { actions: [action('Coffee'), action('Water')], to: [] } as never,
    })
  } else if (text?.startsWith('form')) {
    const content = {
      type: 'AdaptiveCard',
      body: [
        { type: 'Input.Text', id: 'name', label: 'Name', isRequired: true },
        { type: 'Input.Number', id: 'age', label: 'Age', value: 7 },
      ],
      actions: [{ type: text === 'form' ? 'Action.Submit' : 'Action.Execute', title: 'OK', data: { a: 1 } }],
    }
    await context.sendActivity({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
    })
  } else if (text) await context.sendActivity(`You said ${text}`)
  else if (value) await context.sendActivity(`Got ${JSON.stringify(value)}`)
}

describe('from a pipe', () => {
  test('each line is said, and the answers are printed', async () => {
    const run = await piped('hi\n\nthere\n')
    expect(await run.ended).toBe(0)
    expect(run.out).toBe('Hello and welcome!\nEcho: hi\nEcho: there\n')
    expect(run.err).toBe('')
  })

  test('without a line, the greeting is printed', async () => {
    const run = await piped('')
    expect([await run.ended, run.out]).toEqual([0, 'Hello and welcome!\n'])
  })

  test('with --json every activity is a line of JSON', async () => {
    const run = await piped('hi\n', undefined, ['--json', '--user', 'dl_ada', '--locale', 'de-DE'])
    expect(await run.ended).toBe(0)
    expect(run.lines()).toMatchObject([
      { type: 'message', text: 'Hello and welcome!', from: { role: 'bot' } },
      { type: 'message', text: 'hi', from: { id: 'dl_ada', role: 'user' } },
      { type: 'message', text: 'Echo: hi', replyToId: expect.stringMatching(/\|/) },
    ])
  })

  test('a number chooses what has it, and other numbers are said', async () => {
    const run = await piped('menu\n3\n3\n', menu)
    expect(await run.ended).toBe(0)
    expect(run.out).toBe('Which?\n│ [1] Tea\n[2] Coffee  [3] Water\nYou said water\nYou said 3\n')
  })

  test('the questions of a card are answered one by one, and what is wrong is asked again', async () => {
    const run = await piped('form\n1\n\nAda\nx\n\nexecute\n', menu, [])
    expect(await run.ended).toBe(0)
    expect(run.out).toContain('Got {"a":1,"name":"Ada","age":"7"}\n')
    expect(run.err).toMatch(
      /\? Name \(required\)\n! Please answer\.\n\? Name \(required\)\n\? Age .*\n! Please answer with a number\.\n\? Age/,
    )
  })

  test('an Action.Execute is an invoke, and its answer is shown', async () => {
    const run = await piped('form execute\n1\nAda\n8\n', menu)
    expect(await run.ended).toBe(0)
    expect(run.out).toContain('Saved {"a":1,"name":"Ada","age":8}\n')
  })

  test('commands send files and events, and save the conversation', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.txt'), 'abc')
    const { flags, env } = await startBotFor(menu)
    const run = new CommandRun(['chat', ...flags], { env, cwd: folder })
    run.stdin.end(
      '/upload a.txt\n/event go {"a":1}\n/event\n/members\n/save talk\n/unknown\n//slash\n/quit\nnever said\n',
    )
    expect(await run.ended).toBe(0)
    expect(run.out).toBe('Got a.txt of type text/plain\nEvent go: {"a":1}\nYou said /slash\n')
    expect(run.err).toContain('! Say which event')
    expect(run.err).toMatch(/dl_\w+ \(User, user\)\necho@\S+ \(Echo, bot\)\n/)
    expect(run.err).toContain('There is no command /unknown')
    const saved = JSON.parse(readFileSync(join(folder, 'talk.transcript'), 'utf8'))
    expect(saved.map(({ type }: { type: string }) => type)).toEqual(['message', 'message', 'event', 'message'])
  })

  test('a bot that is not there is told of in one line, and ends with 3', async () => {
    const { flags, env, bot } = await startBotFor()
    await bot.stop()
    const run = new CommandRun(['chat', ...flags], { env, cwd: temporaryFolder() })
    run.stdin.end('hi\n')
    expect(await run.ended).toBe(3)
    expect(run.err).toMatch(
      /^! Nothing answers at http:\/\/localhost:\d+\/api\/messages \(ECONNREFUSED\)\. Start the bot.*\n/,
    )
  })

  test('a bot that fails is told of, and ends with 1', async () => {
    const run = await piped('hi\n', async ({ activity }) => {
      if (activity.type === 'message') throw new Error('no')
    })
    expect([await run.ended, run.out]).toEqual([1, ''])
    expect(run.err).toMatch(/^! The bot answered 500 to the last activity.*\n$/)
  })

  test('a bot that refuses the token is told of', async () => {
    const { flags, env } = await startBotFor()
    const run = new CommandRun(['chat', ...flags], {
      env: { ...env, MicrosoftAppId: 'another' },
      cwd: temporaryFolder(),
    })
    run.stdin.end('hi\n')
    expect(await run.ended).toBe(1)
    expect(run.err).toContain(
      "! The bot answered 401 to this service's token. Check that its MicrosoftAppId is another",
    )
  })

  test('escape sequences of the bot do not reach the output', async () => {
    const run = await piped('\u001b[31mhi\u0007\n')
    await run.ended
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    expect(run.out).toMatch(/^Hello and welcome!\nEcho: hi\n$/)
  })
})

describe('finding the bot', () => {
  test('a running service is used with its secret', async () => {
    const { service } = await startTogether()
    const env = { DIRECTLINE_SECRET: service.directLineSecret }
    const run = new CommandRun(['chat', '--service', service.url], { env })
    run.stdin.end('hi\n')
    expect([await run.ended, run.out]).toEqual([0, 'Hello and welcome!\nEcho: hi\n'])
  })

  test('a local service is used as its chat page uses it, without a secret, when it has the port', async () => {
    const { service, bot } = await startTogether()
    const port = new URL(service.url).port
    for (const args of [
      ['--port', port],
      ['--service', service.url],
      ['--port', port, '--bot', bot.endpoint],
    ]) {
      const run = new CommandRun(['chat', ...args], { cwd: temporaryFolder() })
      run.stdin.end('hi\n')
      expect([await run.ended, run.out, run.err]).toEqual([0, 'Hello and welcome!\nEcho: hi\n', ''])
    }
    const other = new CommandRun(['chat', '--port', port, '--bot', '1'], { cwd: temporaryFolder() })
    expect(await other.ended).toBe(3)
    expect(other.err).toContain('runs for another bot')
  })

  test.each([
    [['--service', 'x'], 2, '--service must be the address of a service'],
    [['--service', 'http://127.0.0.1:1', '--bot', '3978'], 2, '--bot starts a service for the bot'],
    [['--secret', 'x', '--token', 'y'], 2, 'Give --secret or --token'],
    [['--service', 'https://example.invalid'], 2, 'The service asks for a secret'],
    [['--wait', 'long'], 2, '--wait must be a number from 0 to 600'],
    [['--servce', 'x'], 2, 'Did you mean --service?'],
  ])('%j ends with %i', async (args, code, message) => {
    const run = new CommandRun(['chat', ...args], { cwd: temporaryFolder() })
    expect(await run.ended).toBe(code)
    expect(run.err).toContain(message)
  })

  test('who does not know the bot is told what to do', async () => {
    const run = new CommandRun(['chat', '--port', String(await freePort())], { cwd: temporaryFolder() })
    expect(await run.ended).toBe(2)
    expect(run.err).toContain("The bot's app id and password are not known")
  })

  test('a service that is not there ends with 3', async () => {
    const args = ['chat', '--service', `http://127.0.0.1:${await freePort()}`, '--secret', 'x']
    const run = new CommandRun(args)
    expect(await run.ended).toBe(3)
    expect(run.err).toMatch(/No service answers at .* \(ECONNREFUSED\)/)
  })
})

describe('on a terminal', () => {
  async function onTerminal(logic?: BotLogic, args: string[] = []): Promise<{ run: CommandRun; home: string }> {
    const { flags, env } = await startBotFor(logic)
    const home = temporaryFolder()
    const run = new CommandRun(['chat', ...flags, ...args], {
      env: { ...env, HOME: home, TERM: 'dumb' },
      cwd: home,
      isTTY: true,
    })
    await eventually(() => expect(run.out).toContain('Ctrl+C twice ends it'))
    return { run, home }
  }

  test('what is typed is said, and answers appear above the line', async () => {
    const { run } = await onTerminal()
    await eventually(() => expect(run.out).toContain('Echo: Hello and welcome!\n'))
    run.stdin.write('hi\r')
    await eventually(() => expect(run.out).toContain('Echo: Echo: hi\n'))
    run.stdin.write('/quit\r')
    expect(await run.ended).toBe(0)
  })

  test('a reply that grows grows in place, and typing shows', async () => {
    const { run } = await onTerminal(async (context) => {
      if (context.activity.type !== 'message') return
      const part = (text: string, streamSequence: number): object => ({
        type: 'typing',
        text,
        channelData: { streamType: 'streaming', streamSequence, streamId: 's' },
      })
      await context.sendActivity({ type: 'typing' })
      await eventually(() => expect(run.out).toContain('      …\n'))
      await context.sendActivity(part('The', 1))
      await eventually(() => expect(run.out).toContain('      The\n'))
      await context.sendActivity(part('The answer', 2))
      await eventually(() => expect(run.out).toContain('      The answer\n'))
      await context.sendActivity({
        type: 'message',
        text: 'The answer is 42',
        channelData: { streamType: 'final', streamId: 's' },
      })
    })
    run.stdin.write('?\r')
    await eventually(() => expect(run.out).toContain('Echo: The answer is 42\n'))
    // Each goes up over the one before it.
    expect(run.out).toMatch(
      /The\n[^]*\u001b\[1A\u001b\[J {6}The answer\n[^]*\u001b\[1A\u001b\[J[^]*Echo: The answer is 42/,
    )
  })

  test('what the bot corrects and takes back is marked', async () => {
    const { run } = await onTerminal(async (context) => {
      if (context.activity.type !== 'message') return
      const sent = await context.sendActivity('wrnog')
      await eventually(() => expect(run.out).toContain('Echo: wrnog'))
      await context.updateActivity({ type: 'message', id: sent?.id ?? '', text: 'right' })
      await eventually(() => expect(run.out).toContain('Echo: (edited) right'))
      await context.deleteActivity(sent?.id ?? '')
    })
    run.stdin.write('go\r')
    await eventually(() => expect(run.out).toContain('Echo: (deleted) right'))
  })

  test('Ctrl+C takes back what is typed, and twice in a row ends the chat', async () => {
    const { run } = await onTerminal()
    run.stdin.write('never said\u0003')
    await eventually(() => expect(run.out).toContain('Ctrl+C again ends the chat.'))
    run.stdin.write('x\u007f\u0003')
    run.stdin.write('said\r')
    await eventually(() => expect(run.out).toContain('Echo: Echo: said\n'))
    run.stdin.write('\u0003\u0003')
    expect(await run.ended).toBe(130)
    expect(run.out).not.toContain('Echo: never')
  })

  test('what is pasted is said as one', async () => {
    const { run } = await onTerminal()
    run.stdin.write('\u001b[200~one\rtwo\u001b[201~ three\r')
    await eventually(() => expect(run.out).toMatch(/Echo: Echo: one\n {6}two three\n/))
  })

  test('Tab completes commands', async () => {
    const { run } = await onTerminal()
    await eventually(() => expect(run.out).toContain('Echo: Hello'))
    run.stdin.write('/mem')
    await eventually(() => expect(run.out).toContain('/mem'))
    run.stdin.write('\t')
    await eventually(() => expect(run.out).toContain('/members'))
    run.stdin.write('\r')
    await eventually(() => expect(run.out).toMatch(/\(Echo, bot\)/))
  })

  test('what was typed comes again with the arrow key in the next chat, and only its owner may read it', async () => {
    const { run, home } = await onTerminal()
    run.stdin.write('remember me\r')
    await eventually(() => expect(run.out).toContain('Echo: Echo: remember me'))
    run.stdin.write('\u0004')
    expect(await run.ended).toBe(0)
    const folder = join(home, '.local/state/parley/history')
    const [file = ''] = readdirSync(folder)
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const { flags, env } = await startBotFor()
    const again = new CommandRun(['chat', ...flags], { env: { ...env, HOME: home }, cwd: home, isTTY: true })
    await eventually(() => expect(again.out).toContain('Ctrl+C twice'))
    again.stdin.write('\u001b[A\r')
    await eventually(() => expect(again.out).toContain('Echo: remember me'))
  })

  test('with --no-history nothing is kept', async () => {
    const { run, home } = await onTerminal(undefined, ['--no-history'])
    run.stdin.write('forget me\r')
    await eventually(() => expect(run.out).toContain('Echo: Echo: forget me'))
    run.stdin.write('\u0004')
    await run.ended
    expect(readdirSync(join(home, '.local/state/parley'))).toEqual(['keys'])
  })

  test('a stream that breaks is told of, and the chat goes on', async () => {
    const { service } = await startTogether()
    const env = { DIRECTLINE_SECRET: service.directLineSecret, TERM: 'dumb' }
    const run = new CommandRun(['chat', '--service', service.url, '--no-history'], { env, isTTY: true })
    run.stdin.write('/user\r')
    await eventually(() => expect(run.out).toMatch(/in conversation \w+\./))
    const conversationId = /in conversation (\w+)\./.exec(run.out)?.[1] ?? ''
    await eventually(() => expect(service.cutStream(conversationId)).toBe(true))
    await eventually(() => expect(run.out).toContain('The connection broke; trying again.'))
    await eventually(() => expect(run.out).toContain('The connection is back.'))
    run.stdin.write('hi\r')
    await eventually(() => expect(run.out).toContain('Bot: Echo: hi\n'))
    expect(run.out.match(/Hello and welcome!/g)).toHaveLength(1)
  })

  test('/new begins again, as somebody else', async () => {
    const { run } = await onTerminal()
    run.stdin.write('/new max\r')
    await eventually(() => expect(run.out).toContain('A new conversation, as dl_max.'))
    run.stdin.write('/user\r')
    await eventually(() => expect(run.out).toContain('You are dl_max in conversation '))
  })
})
