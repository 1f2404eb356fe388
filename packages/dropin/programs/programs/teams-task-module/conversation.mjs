import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  channel.channelId = 'msteams'
  const [choice] = await channel.say('hi')
  const [form, adaptive] = choice.attachments[0].content.buttons
  deepEqual(form, { type: 'invoke', title: 'Custom Form', value: { type: 'task/fetch', data: 'CustomForm' } })

  const context = { theme: 'dark' }
  deepEqual(await channel.invoke('task/fetch', { data: form.value, context }), {
    status: 200,
    body: {
      task: {
        type: 'continue',
        value: {
          title: 'Custom Form',
          height: 'medium',
          width: 510,
          url: 'https://example.com/form',
          fallbackUrl: 'https://example.com/form',
        },
      },
    },
  })
  const fetched = await channel.invoke('task/fetch', { data: adaptive.value, context })
  equal(fetched.body.task.value.card.contentType, 'application/vnd.microsoft.card.adaptive')

  const submitted = await channel.invoke('task/submit', { data: { usertext: 'tea' }, context })
  deepEqual(submitted.body, { task: { type: 'message', value: 'Thanks, User!' } })
  equal(channel.replies()[0].text, 'submitted: {"usertext":"tea"}')

  const tab = await channel.invoke('tab/fetch', { tabContext: { tabEntityId: 'workTab' }, context })
  equal(tab.body.tab.value.cards[0].card.body[0].text, 'workTab')
  const saved = await channel.invoke('tab/submit', { data: { type: 'tab/submit', name: 'x' } })
  deepEqual(saved.body.tab.value.cards[0].card.echo, { type: 'tab/submit', name: 'x' })
}
