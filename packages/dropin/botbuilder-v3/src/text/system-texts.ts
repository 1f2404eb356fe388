/** Namespace of the framework's own texts: a bot translates them in `<locale>/BotBuilder.json`. */
export const SYSTEM_NAMESPACE = 'BotBuilder'

/** What the framework itself says. The bot's files may say it otherwise under the same names. */
const TEXTS = {
  default_error: 'Oops. Something went wrong and we need to start over.',
  default_text: "I didn't understand. Please try again.",
  default_number: "I didn't recognize that as a number. Please enter a number.",
  default_confirm: "I didn't understand. Please answer 'yes' or 'no'.",
  default_choice: "I didn't understand. Please choose an option from the list.",
  default_time: "I didn't recognize the time you entered. Please try again using a format of (MM/DD/YYYY HH:MM:SS).",
  default_file: "I didn't receive a file. Please try again.",
  text_minLength_error:
    'The text you entered was below the minimum allowed length of %(minLength)d. Please enter a valid text.',
  text_maxLength_error:
    'The text you entered was above the maximum allowed length of %(maxLength)d. Please enter a valid text.',
  number_minValue_error:
    'The number you entered was below the minimum allowed value of %(minValue)d. Please enter a valid number.',
  number_maxValue_error:
    'The number you entered was above the maximum allowed value of %(maxValue)d. Please enter a valid number.',
  number_range_error:
    'The number you entered was outside the allowed range of %(minValue)d to %(maxValue)d. Please enter a valid number.',
  number_integer_error: 'The number you entered was not an integer. Please enter a number without a decimal mark.',
  confirm_yes: 'yes=y|yep|sure|ok',
  confirm_no: 'no=n|nope',
  list_or: ' or ',
  list_or_more: ', or ',
} as const

/** Name of a text of the framework. */
export type SystemText = keyof typeof TEXTS

/** The framework's own words for `msgid`; what is none of its names stays as it is. */
export function systemText(msgid: string): string {
  return Object.hasOwn(TEXTS, msgid) ? TEXTS[msgid as SystemText] : msgid
}
