// Starting over: with the same user, a new one, or one that is described.

import { formOf, openDialog } from './dialog.js'
import { labelled, make, select } from './dom.js'
import { chooseChannel, chooseUser, currentChannel, currentUser, openConversation } from './session.js'

const CHANNELS = [
  ['webchat', 'Web Chat'],
  ['directline', 'Direct Line'],
  ['emulator', 'Emulator'],
]

export function newUser() {
  return { id: `dl_${crypto.randomUUID()}` }
}

/** @type {() => import('./menu.js').MenuItem[]} */
export const waysToStart = () => [
  { label: 'With the same user', do: () => void openConversation() },
  { label: 'With a new user', do: startWithNewUser },
  'rule',
  { label: 'Choose user and channel …', do: chooseAndStart },
]

function startWithNewUser() {
  chooseUser(newUser())
  void openConversation()
}

function chooseAndStart() {
  const { id, name } = currentUser()
  const channel = select('channelId', CHANNELS)
  channel.value = currentChannel()
  const fields = [
    labelled(
      'Id, beginning with dl_',
      make('input', { class: 'field', name: 'id', value: id, required: true, maxlength: 256 }),
    ),
    labelled('Name', make('input', { class: 'field', name: 'name', value: name ?? '', maxlength: 256 })),
    labelled('Channel', channel),
  ]
  const start = async ({ channelId, ...user }) => {
    if (!/^dl_\S+$/.test(user.id)) throw new Error('The id begins with dl_ and has no spaces.')
    chooseUser(user)
    chooseChannel(channelId)
    dialog.close()
    await openConversation()
  }
  const dialog = openDialog('Choose user and channel', [
    make('p', {}, 'The bot sees them in from and channelId. They stay chosen in this tab.'),
    formOf(fields, { action: 'Start', submit: start }),
  ])
}
