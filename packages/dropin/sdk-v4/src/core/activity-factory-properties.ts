/** Names of properties by their names in lower case: language generation may write them in any case. */
type Names = ReadonlyMap<string, string>

/** Separated by spaces, because there are many. */
function names(list: string): Names {
  return new Map(list.split(/\s+/).map((name) => [name.toLowerCase(), name]))
}

export const ACTIVITY: Names = names(
  `type id timestamp localTimestamp localTimezone callerId serviceUrl channelId from conversation recipient textFormat
  attachmentLayout membersAdded membersRemoved reactionsAdded reactionsRemoved topicName historyDisclosed locale text speak
  inputHint summary suggestedActions attachments entities channelData action replyToId label valueType value name relatesTo
  code expiration importance deliveryMode listenFor textHighlights semanticAction`,
)

export const CARD_ACTION: Names = names('type title image text displayText value channelData imageAltText')

export const ATTACHMENT: Names = names('contentType contentUrl content name thumbnailUrl')

export const CARD: Names = names(
  `title type subtitle text images image buttons tap media aspect shareable autoloop autostart connectionName duration value
  facts items total tax vat`,
)
