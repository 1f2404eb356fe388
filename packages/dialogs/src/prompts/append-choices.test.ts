import type { Activity } from '@parley/core'
import { appendChoices } from './append-choices.ts'
import { ListStyle } from './list-style.ts'

const question: Partial<Activity> = {
  text: 'q',
  speak: 'say q',
  attachments: [{ contentType: 'image/png' }],
  suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'old', value: 'old' }] },
}
const asked = (style: ListStyle, choices = ['a']): Partial<Activity> =>
  appendChoices(question, 'test', choices, style, undefined)

test('choices beside the text leave everything else of the question as it is', () => {
  expect(asked(ListStyle.inline)).toEqual({ ...question, text: 'q (1) a' })
  expect(asked(ListStyle.none)).toEqual(question)
})

test('buttons take the place of buttons, if there are any', () => {
  const actions = [{ type: 'imBack', title: 'a', value: 'a' }]
  expect(asked(ListStyle.suggestedAction)).toEqual({ ...question, suggestedActions: { actions } })
  expect(asked(ListStyle.suggestedAction, [])).toEqual(question)
})

test('a card comes after the attachments, and has the text', () => {
  const { text, attachments, ...rest } = asked(ListStyle.heroCard)
  expect(text).toBeUndefined()
  expect(attachments).toMatchObject([
    { contentType: 'image/png' },
    { content: { text: 'q', buttons: [{ title: 'a' }] } },
  ])
  expect(rest).toEqual({ speak: 'say q', suggestedActions: question.suggestedActions })
})

test('a question that is a text, or none at all, becomes a message that expects an answer', () => {
  const message = { type: 'message', inputHint: 'expectingInput' }
  expect(appendChoices('q', 'test', ['a'], undefined, undefined)).toEqual({ ...message, text: 'q (1) a' })
  expect(appendChoices(undefined, 'test', ['a'], undefined, undefined)).toEqual({ ...message, text: ' (1) a' })
})
