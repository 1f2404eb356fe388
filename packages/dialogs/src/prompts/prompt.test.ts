import type { Activity, TurnContext } from '@parley/core'
import { converse } from '../../test/converse.ts'
import { ComponentDialog } from '../component-dialog.ts'
import type { DialogStack } from '../dialog.ts'
import type { DialogEvent } from '../dialog-instance.ts'
import { NumberPrompt } from './number-prompt.ts'
import type { PromptOptions } from './prompt-options.ts'
import type { PromptRecognizerResult, PromptValidatorContext } from './prompt-validator.ts'
import { Prompt } from './prompt.ts'
import { TextPrompt } from './text-prompt.ts'

/** Understands texts that begin with "=", and counts how often it was asked to. */
class EchoPrompt extends Prompt<string> {
  recognitions = 0

  constructor(validator?: (prompt: PromptValidatorContext<string>) => Promise<boolean>) {
    super('echo', validator)
  }

  protected override async onPrompt(
    context: TurnContext,
    _state: object,
    { prompt, retryPrompt }: PromptOptions,
    isRetry: boolean,
  ): Promise<void> {
    await context.sendActivity(isRetry ? retryPrompt! : prompt!)
  }

  protected override async onRecognize({ activity }: TurnContext): Promise<PromptRecognizerResult<string>> {
    this.recognitions++
    return activity.text.startsWith('=') ? { succeeded: true, value: activity.text.slice(1) } : { succeeded: false }
  }
}

const options: PromptOptions = { prompt: 'what?', retryPrompt: 'what then?' }

test('a prompt asks, asks again, and returns what it understands', async () => {
  const turns = await converse(new EchoPrompt(), options, ['hi', 'x', '=y'])
  expect(turns.map(({ texts }) => texts)).toEqual([['what?'], ['what then?'], []])
  expect(turns[2]!.result).toEqual({ status: 'complete', result: 'y' })
})

test('what is stored is what SDK v4 stores', async () => {
  const validator = async (): Promise<boolean> => false
  const prompt = { text: 'what?' }
  const turns = await converse(new EchoPrompt(validator), { prompt, retryPrompt: 'r', validations: { max: 3 } }, [
    'hi',
    'x',
  ])
  const stored = { prompt: { text: 'what?', inputHint: 'expectingInput' }, retryPrompt: 'r', validations: { max: 3 } }
  expect(turns.map(({ state }) => state)).toEqual([
    { options: stored, state: {} },
    { options: stored, state: { attemptCount: 1 } },
  ])
  expect(prompt).toEqual({ text: 'what?' })
})

test('the validator is asked about every answer, with what was understood, what is kept and how often', async () => {
  const asked: unknown[] = []
  const validator = async ({ recognized, state, attemptCount }: PromptValidatorContext<string>): Promise<boolean> => {
    asked.push([recognized, { ...state }, attemptCount])
    Object.assign(state, { seen: recognized.value })
    return recognized.value === 'ok'
  }
  await converse(new EchoPrompt(validator), options, ['hi', 'x', '=a', '=ok'])
  expect(asked).toEqual([
    [{ succeeded: false }, { attemptCount: 1 }, 1],
    [{ succeeded: true, value: 'a' }, { attemptCount: 2 }, 2],
    [{ succeeded: true, value: 'ok' }, { attemptCount: 3, seen: 'a' }, 3],
  ])
})

test('a validator that says something takes the place of the retry prompt', async () => {
  const validator = async ({ context }: PromptValidatorContext<string>): Promise<boolean> => {
    await context.sendActivity('no!')
    return false
  }
  const [, turn] = await converse(new EchoPrompt(validator), options, ['hi', '=x'])
  expect(turn!.texts).toEqual(['no!'])
})

test('a validator may change what is returned', async () => {
  const validator = async ({ recognized }: PromptValidatorContext<string>): Promise<boolean> => {
    recognized.value = 'changed'
    return true
  }
  const [, turn] = await converse(new EchoPrompt(validator), options, ['hi', '=x'])
  expect(turn!.result.result).toBe('changed')
})

test('a validator that throws fails the turn with its own words', async () => {
  const validator = async (): Promise<boolean> => {
    throw new RangeError('too much')
  }
  await expect(converse(new EchoPrompt(validator), options, ['hi', '=x'])).rejects.toThrow('too much')
})

test('what is no message is waited through', async () => {
  const [, turn] = await converse(new EchoPrompt(), options, ['hi', { type: 'event', name: 'tick' }])
  expect(turn).toMatchObject({ texts: [], result: { status: 'waiting' } })
})

test('an answer is recognized once, although dialogs are told of it before the prompt continues', async () => {
  const prompt = new EchoPrompt()
  await converse(prompt, options, ['hi', 'x', '=y'])
  expect(prompt.recognitions).toBe(2)
})

test('an answer that is changed on the way is recognized again', async () => {
  class Rewriting extends EchoPrompt {
    override async onDialogEvent(dc: DialogStack, event: DialogEvent): Promise<boolean> {
      const isHandled = await super.onDialogEvent(dc, event)
      dc.context.activity.text = '=rewritten'
      return isHandled
    }
  }
  const prompt = new Rewriting()
  const [, turn] = await converse(prompt, options, ['hi', 'x'])
  expect(turn!.result.result).toBe('rewritten')
  expect(prompt.recognitions).toBe(2)
})

/** A component that takes what nobody inside of it has understood. */
class Asking extends ComponentDialog {
  readonly offered: string[] = []

  constructor(prompt: Prompt<unknown>) {
    super('asking')
    this.addDialog(prompt)
  }

  protected override async onPreBubbleEvent(dc: DialogStack, event: DialogEvent): Promise<boolean> {
    this.offered.push(`${event.name} ${dc.context.activity.text}`)
    return super.onPreBubbleEvent(dc, event)
  }
}

test.each([
  ['a number', new NumberPrompt('p'), ['activityReceived x']],
  ['a text', new TextPrompt('p'), ['activityReceived x', 'activityReceived 5']],
])('dialogs around a prompt for %s are offered what it does not understand', async (_, prompt, offered) => {
  const component = new Asking(prompt as Prompt<unknown>)
  await converse(component, { prompt: 'q' }, ['hi', 'x'])
  await converse(component, { prompt: 'q' }, ['hi', '5'])
  expect(component.offered).toEqual(offered)
})

test('a prompt that is reminded asks its first question', async () => {
  const prompt = new EchoPrompt()
  const sent: Partial<Activity>[] = []
  const context = { sendActivity: async (activity: Partial<Activity>) => sent.push(activity) } as unknown as TurnContext
  const instance = { id: 'echo', state: { options, state: { attemptCount: 2 } } }
  await prompt.repromptDialog(context, instance)
  await prompt.resumeDialog({ context, activeDialog: instance } as unknown as DialogStack, 'endCalled')
  expect(sent).toEqual(['what?', 'what?'])
})

test('ten million characters are not understood, at once', async () => {
  const [, turn] = await converse(new NumberPrompt('p'), { prompt: 'q' }, ['hi', 'one '.repeat(2_500_000)])
  expect(turn!.texts).toEqual(['q'])
})
