import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, waitForOutput }) {
  channel.channelId = 'msteams'
  const query = {
    commandId: 'searchQuery',
    parameters: [{ name: 'searchQuery', value: 'left' }],
    queryOptions: { skip: 0, count: 25 },
  }
  const found = await channel.invoke('composeExtension/query', query)
  equal(found.status, 200)
  const { composeExtension } = found.body
  equal(composeExtension.type, 'result')
  deepEqual(
    composeExtension.attachments.map(({ contentType, content }) => [contentType, content.title]),
    [
      ['application/vnd.microsoft.card.hero', 'left-pad'],
      ['application/vnd.microsoft.card.hero', 'left-trim'],
    ],
  )
  const { tap } = composeExtension.attachments[0].preview.content
  deepEqual(tap, { type: 'invoke', value: { name: 'left-pad', description: 'pads', version: '1.3.0' } })

  const selected = await channel.invoke('composeExtension/selectItem', tap.value)
  equal(selected.status, 200)
  deepEqual(selected.body.composeExtension.attachments, [
    {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: { title: 'left-pad', text: 'pads', subtitle: '1.3.0' },
    },
  ])

  const settings = await channel.invoke('composeExtension/querySettingUrl', query)
  deepEqual(settings.body.composeExtension.suggestedActions.actions, [
    { type: 'openApp', value: 'https://example.com/settings' },
  ])
  deepEqual(await channel.invoke('composeExtension/setting', { state: 'dark' }), { status: 200, body: undefined })
  await waitForOutput(/settings: dark/)
  equal((await channel.invoke('composeExtension/onCardButtonClicked', { what: 'it' })).status, 200)
  equal(channel.replies()[0].text, 'clicked it')

  // What the bot does not handle, and what fails in it.
  equal((await channel.invoke('composeExtension/submitAction', { commandId: 'x' })).status, 501)
  equal((await channel.invoke('composeExtension/query', { ...query, commandId: 'fail' })).status, 501)
  await waitForOutput(/\[onTurnError\] the index is down/)
}
