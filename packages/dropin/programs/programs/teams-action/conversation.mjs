import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  channel.channelId = 'msteams'
  const created = await channel.invoke('composeExtension/submitAction', {
    commandId: 'createCard',
    commandContext: 'compose',
    data: { title: 'A title', subTitle: 'below', text: 'and text' },
  })
  equal(created.status, 200)
  const [attachment] = created.body.composeExtension.attachments
  equal(attachment.content.subtitle, 'below')
  equal(attachment.preview.content.title, 'A title')

  const fetched = await channel.invoke('composeExtension/fetchTask', {
    commandId: 'question',
    messagePayload: { body: { contentType: 'text', content: 'Why?' } },
  })
  equal(fetched.status, 200)
  equal(fetched.body.task.type, 'continue')
  equal(fetched.body.task.value.title, 'Task Module')
  equal(fetched.body.task.value.card.content.body[1].value, 'Why?')

  const submitted = await channel.invoke('composeExtension/submitAction', {
    commandId: 'question',
    data: { Question: 'How?' },
  })
  const preview = submitted.body.composeExtension.activityPreview
  equal(submitted.body.composeExtension.type, 'botMessagePreview')
  equal(preview.attachments[0].content.body[0].text, 'How?')

  const edited = await channel.invoke('composeExtension/submitAction', {
    commandId: 'question',
    botMessagePreviewAction: 'edit',
    botActivityPreview: [preview],
  })
  equal(edited.body.task.value.title, 'Edit')
  equal(edited.body.task.value.card.content.body[1].value, 'How?')

  const sent = await channel.invoke('composeExtension/submitAction', {
    commandId: 'question',
    botMessagePreviewAction: 'send',
    botActivityPreview: [preview],
  })
  equal(sent.status, 200)
  const [message] = channel.replies()
  equal(message.attachments[0].content.body[1].value, 'How?')
  deepEqual(message.channelData.onBehalfOf, [{ itemId: 0, mentionType: 'person', mri: 'user1' }])

  equal((await channel.invoke('composeExtension/submitAction', { commandId: 'other' })).status, 501)
  const odd = { commandId: 'question', botMessagePreviewAction: 'shred', botActivityPreview: [preview] }
  equal((await channel.invoke('composeExtension/submitAction', odd)).status, 400)
}
