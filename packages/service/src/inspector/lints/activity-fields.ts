/** Fields of activities that the protocol knows. */
export const ACTIVITY_FIELDS: readonly string[] = (
  'type id timestamp localTimestamp localTimezone callerId serviceUrl channelId from conversation recipient textFormat ' +
  'attachmentLayout membersAdded membersRemoved reactionsAdded reactionsRemoved topicName historyDisclosed locale text speak ' +
  'inputHint summary suggestedActions attachments entities channelData action replyToId label valueType value name relatesTo ' +
  'code expiration importance deliveryMode listenFor textHighlights semanticAction'
).split(' ')

/** Types of activities there are; `ping` and `delay` are tools' own. */
export const ACTIVITY_TYPES: ReadonlySet<unknown> = new Set(
  (
    'message typing conversationUpdate contactRelationUpdate installationUpdate messageReaction messageUpdate messageDelete ' +
    'event invoke invokeResponse endOfConversation deleteUserData suggestion trace handoff command commandResult ping delay'
  ).split(' '),
)

/** Fields that have one of a few values. */
export const ENUMERATIONS: readonly (readonly [field: string, values: readonly string[]])[] = [
  ['textFormat', ['markdown', 'plain', 'xml']],
  ['attachmentLayout', ['list', 'carousel']],
  ['inputHint', ['acceptingInput', 'expectingInput', 'ignoringInput']],
  ['importance', ['low', 'normal', 'high']],
  ['deliveryMode', ['normal', 'notification', 'expectReplies', 'ephemeral', 'stream']],
]

/** What buttons can do. */
export const ACTION_TYPES: ReadonlySet<unknown> = new Set(
  'openUrl imBack postBack playAudio playVideo showImage downloadFile signin call messageBack openApp payment invoke'.split(
    ' ',
  ),
)
