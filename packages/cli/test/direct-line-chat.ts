import { eventually } from 'test-support/eventually'

/** Says something to a bot over Direct Line. @returns its first answer. */
export async function say(url: string, secret: string, text: string): Promise<string> {
  const call = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' }
    const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
    const response = await fetch(`${url}/v3/directline${path}`, init)
    return (await response.json()) as Record<string, unknown>
  }
  const { conversationId } = await call('/conversations', { user: { id: 'dl_ann' } })
  const activities = `/conversations/${String(conversationId)}/activities`
  await call(activities, { type: 'message', from: { id: 'dl_ann' }, text })
  return eventually(async () => {
    const { activities: all } = await call(activities)
    const answers = (all as { from: { id: string }; text?: string }[]).filter(({ from }) => from.id !== 'dl_ann')
    if (answers[0]?.text === undefined) throw new Error('The bot has not answered.')
    return answers[0].text
  })
}
