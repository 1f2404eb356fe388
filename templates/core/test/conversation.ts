import type { Activity } from '@parley/core'
import type { Dialog } from '@parley/dialogs'
import { LocalRecognizer } from '@parley/recognizers'
import { DialogTestClient } from '@parley/testing/dialogs'
import training from '../src/language/flight-booking.json' with { type: 'json' }

/** The recognizer the bot has without settings. */
export const recognizer = new LocalRecognizer(training)

/** One turn: what the user says, and everything the bot answers. */
export type Turn = readonly [said: string | Partial<Activity>, ...answers: string[]]

/** A message with nothing but a picture. */
export const picture: Partial<Activity> = {
  type: 'message',
  attachments: [{ contentType: 'image/png', contentUrl: 'https://example.com/beach.png' }],
}

/** Plays turns with a dialog and compares every answer. The dialog begins with the first. */
export async function play(dialog: Dialog, turns: readonly Turn[], options?: object): Promise<DialogTestClient> {
  const client = new DialogTestClient('test', dialog, options)
  for (const [said, ...answers] of turns) expect([said, ...(await say(client, said))]).toEqual([said, ...answers])
  return client
}

async function say(client: DialogTestClient, said: string | Partial<Activity>): Promise<(string | undefined)[]> {
  const answers: (string | undefined)[] = []
  for (let reply = await client.sendActivity(said); reply; reply = client.getNextReply()) answers.push(reply.text)
  return answers
}
