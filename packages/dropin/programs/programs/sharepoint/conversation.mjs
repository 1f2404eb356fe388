import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const card = await channel.invoke('cardExtension/getCardView', {})
  equal(card.status, 200)
  equal(card.body.viewId, 'main')
  const { cardViewType, body, cardBar, footer } = card.body.cardViewParameters
  equal(cardViewType, 'text')
  deepEqual(cardBar, [{ componentName: 'cardBar', title: 'Hours' }])
  equal(body[0].text, '7.5')
  equal(footer[0].title, 'More')
  const quick = await channel.invoke('cardExtension/getQuickView', { data: { view: 'more' } })
  deepEqual(quick.body.data, { asked: { view: 'more' } })
  equal((await channel.invoke('cardExtension/getPropertyPaneConfiguration', {})).status, 501)
}
