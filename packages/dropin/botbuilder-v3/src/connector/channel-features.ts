/** How many buttons channels show; those not named show none. */
const BUTTONS: Readonly<Record<string, number>> = {
  facebook: 10,
  skype: 10,
  msteams: 3,
  webchat: 100,
  directline: 100,
  slack: 100,
  telegram: 100,
  kik: 20,
  cortana: 100,
  line: 99,
}

/** The most buttons a message of a channel may have; 0 where there are none. */
export function maxButtons(channelId: string): number {
  return BUTTONS[channelId] ?? 0
}
