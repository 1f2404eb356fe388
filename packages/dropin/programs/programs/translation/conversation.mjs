import { equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const [english] = await channel.say('hello')
  equal(english.text, 'you said "hello"')
  equal(english.locale, 'en-US')

  const [changed] = await channel.say('language es')
  equal(changed.text, 'language cambiado')
  equal(changed.suggestedActions.actions[0].value, 'language en')

  // The bot sees English, the user Spanish.
  const [spanish] = await channel.say('hola pan rojo')
  equal(spanish.text, 'dijiste "hola pan rojo"')
  equal(spanish.locale, 'es')

  const [bread] = await channel.say('change it')
  equal(bread.text, 'pan')
  const update = channel.calls.find(({ method }) => method === 'PUT')
  equal(update?.body.text, 'rojo pan')

  await channel.say('language en')
  const [back] = await channel.say('hello bread')
  equal(back.text, 'you said "hello bread"')
}
