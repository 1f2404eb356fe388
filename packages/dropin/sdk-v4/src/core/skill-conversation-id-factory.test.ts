import type { Activity } from '@parley/core'
import { MemoryStorage } from './memory-storage.ts'
import { SkillConversationIdFactory, SkillConversationIdFactoryBase } from './skill-conversation-id-factory.ts'

const options = {
  fromBotOAuthScope: 'scope',
  fromBotId: 'bot',
  activity: { id: '1', channelId: 'ch', conversation: { id: 'cv' }, from: { id: 'us' } } as Activity,
  botFrameworkSkill: { id: 's', appId: 'a', skillEndpoint: 'e' },
}

describe('SkillConversationIdFactory', () => {
  test('finds by the id where the activity came from, until it is deleted', async () => {
    const factory = new SkillConversationIdFactory(new MemoryStorage())
    const id = await factory.createSkillConversationIdWithOptions(options)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
    await expect(factory.getSkillConversationReference(id)).resolves.toMatchObject({
      conversationReference: { activityId: '1', channelId: 'ch', conversation: { id: 'cv' }, user: { id: 'us' } },
      oAuthScope: 'scope',
    })
    await factory.deleteConversationReference(id)
    await expect(factory.getSkillConversationReference(id)).resolves.toBeUndefined()
    await factory.deleteConversationReference(id)
  })

  test('every conversation has an id of its own', async () => {
    const factory = new SkillConversationIdFactory(new MemoryStorage())
    const ids = [await factory.createSkillConversationIdWithOptions(options)]
    await expect(factory.createSkillConversationIdWithOptions(options)).resolves.not.toBe(ids[0])
  })
})

describe('SkillConversationIdFactoryBase', () => {
  class Empty extends SkillConversationIdFactoryBase {
    async deleteConversationReference(): Promise<void> {}
  }

  test.each([
    'createSkillConversationIdWithOptions',
    'createSkillConversationId',
    'getConversationReference',
    'getSkillConversationReference',
  ] as const)('%s is left to subclasses', (method) => {
    const refusal = expect.objectContaining({ name: 'Error', message: 'Not Implemented' })
    expect(() => new Empty()[method](undefined as never)).toThrow(refusal)
  })
})
