import { deepEqual, equal, match } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  channel.channelId = 'emulator'
  const tool = 'c-tool'
  const chat = channel.conversationId

  // Somebody opens a second window and inspects the first with it.
  channel.conversationId = tool
  const [command] = await channel.say('/INSPECT open')
  equal(command.type, 'trace')
  equal(command.valueType, 'https://www.botframework.com/schemas/command')
  match(command.value, /^\/INSPECT attach [\da-f-]{36}$/)
  channel.conversationId = chat
  const [attached] = await channel.say(command.value)
  match(attached.text ?? '', /[Aa]ttach/)

  const sent = await channel.say('hello')
  const [reply, ...others] = sent.filter(({ conversation }) => conversation.id === chat)
  equal(reply.text, 'Echo: hello count: 1 spent: 10')
  deepEqual(others, [])
  const traces = sent.filter(({ conversation }) => conversation.id === tool)
  deepEqual(
    traces.map(({ type, name, label }) => [type, name, label]),
    [
      ['trace', 'ReceivedActivity', 'Received Activity'],
      ['trace', 'SentActivity', 'Sent Activity'],
      ['trace', 'BotState', 'Bot State'],
    ],
  )
  equal(traces[0].value.text, 'hello')
  equal(traces[1].value.text, 'Echo: hello count: 1 spent: 10')
  equal(traces[2].value.userState.customer.spent, 10)
  equal(traces[2].value.conversationState.visits.count, 1)

  channel.conversationId = 'c-third'
  equal((await channel.say('unseen')).length, 1)
}
