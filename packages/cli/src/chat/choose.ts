import { fieldsOf, textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity, WireFields } from '../direct-line/wire-activity.ts'
import type { Choice } from './choice.ts'

/** What choosing does. */
export type Chosen =
  /** An activity is sent; `shown` is what the user is seen to say, if anything. */
  | { readonly kind: 'send'; readonly activity: WireActivity; readonly shown: string }
  /** An address is shown, for the user to open. */
  | { readonly kind: 'open'; readonly address: string }
  /** Nothing: the button says something no client knows. */
  | { readonly kind: 'nothing'; readonly type: string }

/**
 * What a button does, as Web Chat does it.
 *
 * @param inputs - Answers to the questions of an Adaptive Card, by their ids.
 */
export function choose({ action, title, activityId }: Choice, inputs: WireFields = {}): Chosen {
  const { value, displayText, text } = action
  const type = textOf(action['type'])
  const send = (activity: WireFields, shown: string): Chosen => ({
    kind: 'send',
    activity: { type: 'message', textFormat: 'plain', ...activity },
    shown,
  })
  switch (type.toLowerCase()) {
    case 'imback':
      return send({ text: textOf(value) || title }, textOf(value) || title)
    case 'postback':
      return send({ ...textOrValue(value), channelData: { postBack: true } }, textOf(displayText))
    case 'messageback':
      return send(
        {
          ...(text === undefined ? {} : { text: textOf(text) }),
          ...(value === undefined ? {} : { value }),
          channelData: { messageBack: { displayText: textOf(displayText) } },
        },
        textOf(displayText) || textOf(text) || title,
      )
    case 'action.submit':
      return send({ ...submitted(action['data'], inputs), channelData: { postBack: true } }, '')
    case 'action.execute':
      return executed(action, inputs, activityId)
    case 'action.openurl':
      return { kind: 'open', address: textOf(action['url']) }
    case 'openurl':
    case 'signin':
    case 'downloadfile':
    case 'showimage':
    case 'playaudio':
    case 'playvideo':
    case 'call':
      return { kind: 'open', address: textOf(value) }
    default:
      return { kind: 'nothing', type }
  }
}

/** A text is said, an object is sent beside the text. */
function textOrValue(value: unknown): WireFields {
  return typeof value === 'string' ? { text: value } : { value }
}

function submitted(data: unknown, inputs: WireFields): WireFields {
  if (typeof data === 'string' && Object.keys(inputs).length === 0) return { text: data }
  return { value: typeof data === 'string' ? { data, ...inputs } : { ...fieldsOf(data), ...inputs } }
}

function executed({ id, verb, data }: WireFields, inputs: WireFields, replyToId: string): Chosen {
  const action = {
    type: 'Action.Execute',
    ...(id === undefined ? {} : { id }),
    ...(verb === undefined ? {} : { verb }),
    data: { ...fieldsOf(data), ...inputs },
  }
  const value = { action, trigger: 'manual' }
  return { kind: 'send', activity: { type: 'invoke', name: 'adaptiveCard/action', value, replyToId }, shown: '' }
}
