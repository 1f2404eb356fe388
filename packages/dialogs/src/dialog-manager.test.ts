import { ConversationState, MemoryStorage, UserState } from '@parley/state'
import { turnOf, Witness } from '../test/turn.ts'
import { ComponentDialog } from './component-dialog.ts'
import type { DialogContext } from './dialog-context.ts'
import { DialogManager } from './dialog-manager.ts'
import { Dialog } from './dialog.ts'
import type { DialogTurnResult } from './dialog.ts'

function managed(dialog: Dialog): { manager: DialogManager; memory: { [key: string]: string } } {
  const memory: { [key: string]: string } = {}
  const manager = new DialogManager(dialog)
  manager.conversationState = new ConversationState(new MemoryStorage(memory))
  return { manager, memory }
}

const storedIn = (memory: { [key: string]: string }): Record<string, unknown> =>
  JSON.parse(memory['test/conversations/c/'] as string)

test.each([
  ['rootDialog', () => new DialogManager()],
  ['conversationState', () => new DialogManager(new Witness('w', []))],
])('a missing %s is named', async (what, make) => {
  await expect(make().onTurn(turnOf().context)).rejects.toThrow(
    `DialogManager.onTurn: the bot's '${what}' has not been configured.`,
  )
})

test('saves the stack in the state of the conversation', async () => {
  const { manager, memory } = managed(new Witness('w', []))
  expect(await manager.onTurn(turnOf().context)).toEqual({ turnResult: { status: 'waiting' } })
  expect(storedIn(memory)).toMatchObject({
    _lastAccess: expect.stringMatching(/^\d{4}-/),
    DialogState: { dialogStack: [{ id: 'w', state: {} }] },
  })
})

test('takes the states from turnState, and saves those of users, too', async () => {
  const storage = new MemoryStorage()
  const userState = new UserState(storage)
  class Remembering extends Dialog {
    async beginDialog(dc: DialogContext): Promise<DialogTurnResult> {
      dc.state.setValue('user.name', 'Ada')
      expect(dc.dialogManager).toBe(manager)
      return Dialog.EndOfTurn
    }
  }
  const manager = new DialogManager(new Remembering('r'), 'Stack')
  manager.initialTurnState.set('service', 1)
  const { context } = turnOf()
  context.turnState.set('ConversationState', new ConversationState(storage))
  context.turnState.set('UserState', userState)
  await manager.onTurn(context)
  expect(await storage.read(['test/users/u/'])).toMatchObject({ 'test/users/u/': { name: 'Ada' } })
  expect(context.turnState.get('service')).toBe(1)
})

test('saves nothing when the dialog fails', async () => {
  class Failing extends Dialog {
    async beginDialog(): Promise<DialogTurnResult> {
      throw new Error('boom')
    }
  }
  const { manager, memory } = managed(new Failing('f'))
  await expect(manager.onTurn(turnOf().context)).rejects.toMatchObject({ code: 'DIALOGS_FAILED' })
  expect(memory).toEqual({})
})

test('forgets a conversation that was silent for too long, and counts from the last turn', async () => {
  const notes: string[] = []
  const { manager, memory } = managed(new Witness('w', notes))
  manager.configure({ expireAfter: 60_000 })
  await manager.onTurn(turnOf().context)
  await manager.onTurn(turnOf().context)
  memory['test/conversations/c/'] = JSON.stringify({ ...storedIn(memory), _lastAccess: '2020-01-01T00:00:00.000Z' })
  await manager.onTurn(turnOf().context)
  await manager.onTurn(turnOf().context)
  expect(notes.filter((note) => /begin|continue$/.test(note))).toEqual([
    'w begin',
    'w continue',
    'w begin',
    'w continue',
  ])
})

test('knows the containers inside of others, also of each other', () => {
  const [one, other] = [new ComponentDialog('one'), new ComponentDialog('other')]
  one.addDialog(new Witness('w', [])).addDialog(other)
  other.addDialog(one)
  const manager = new DialogManager(one)
  expect(manager.dialogs.getDialogs().map(({ id }) => id)).toEqual(['one', 'other'])
  expect(manager.rootDialog).toBe(one)
})

test('begins anew when the stored stack is damaged', async () => {
  const notes: string[] = []
  const { manager, memory } = managed(new Witness('w', notes))
  memory['test/conversations/c/'] = JSON.stringify({ DialogState: { dialogStack: [{ id: 'gone', state: {} }] } })
  const codes: string[] = []
  manager.onStateCorrupted = (_context, { code }) => void codes.push(code)
  await manager.onTurn(turnOf().context)
  expect([notes, codes]).toEqual([['w begin'], ['DIALOGS_STATE_CORRUPTED']])
  expect(storedIn(memory)).toMatchObject({ DialogState: { dialogStack: [{ id: 'w' }] } })
})
