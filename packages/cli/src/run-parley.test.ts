import { ParleyError } from '@parley/core'
import { CommandRun } from '../test/command-run.ts'
import { EXIT } from './command.ts'
import type { Command } from './command.ts'
import { CliUnreachableError, CliUsageError } from './errors.ts'

class ConflictError extends ParleyError {
  readonly code = 'TEST_CONFLICT'
}

const commandThat = (name: string, run: Command['run']): Command => ({
  name,
  summary: `${name}s.`,
  help: `How to ${name}.\n`,
  run,
})

const commands = [
  commandThat('greet', async (args, io) => {
    io.stdout.write(`Hello ${args.join(' ')}\n`)
    return EXIT.failed
  }),
  commandThat('misread', async () => {
    throw new CliUsageError('That is no number.')
  }),
  commandThat('reach', async () => {
    throw new CliUnreachableError('Nobody is there.')
  }),
  commandThat('conflict', async () => {
    throw new ConflictError('That does not go together.')
  }),
  commandThat('break', async () => {
    throw new TypeError('a bug')
  }),
]

test.each([[[]], [['--help']], [['-h']], [['help']]])('%j lists the commands', async (args) => {
  const run = new CommandRun(args, { commands })
  expect(await run.ended).toBe(0)
  expect(run.out).toMatch(/^Usage: parley <command>.*\n\n {2}greet {5}greets\.\n {2}misread {3}misreads\.\n/)
  expect(run.err).toBe('')
})

test.each([[['greet', '--help']], [['greet', 'x', '-h']], [['help', 'greet']]])(
  '%j prints the help of it',
  async (args) => {
    const run = new CommandRun(args, { commands })
    expect([await run.ended, run.out, run.err]).toEqual([0, 'How to greet.\n', ''])
  },
)

test('what follows -- is not looked at for help', async () => {
  const run = new CommandRun(['greet', '--', 'npm', '--help'], { commands })
  expect([await run.ended, run.out]).toEqual([1, 'Hello -- npm --help\n'])
})

test('--version prints the version', async () => {
  const run = new CommandRun(['--version'], { commands })
  expect([await run.ended, run.out]).toEqual([0, '1.2.3\n'])
})

test.each([
  [['gret'], 2, 'parley: There is no command "gret". Did you mean greet? See parley --help.\n'],
  [['help', 'rech'], 2, 'parley: There is no command "rech". Did you mean reach? See parley --help.\n'],
  [['fly'], 2, /^parley: There is no command "fly"\. There is greet, misread, .* See parley --help\.\n$/],
  [['--bot', 'x'], 2, 'parley: Unknown option "--bot": the command comes first. See parley --help.\n'],
  [['misread'], 2, 'parley misread: That is no number. See parley misread --help.\n'],
  [['reach'], 3, 'parley reach: Nobody is there.\n'],
  [['conflict'], 1, 'parley conflict: That does not go together.\n'],
  [['break'], 1, /^parley break: TypeError: a bug\n {4}at .*run-parley\.test\.ts/],
])('%j ends with %i', async (args, code, err) => {
  const run = new CommandRun(args, { commands })
  expect(await run.ended).toBe(code)
  expect(run.err).toMatch(err)
  expect(run.out).toBe('')
})
