// What the channel tells a bot without the user's doing: who comes and goes, reactions, the end.

import { editActivity } from './activity-editor.js'
import { call, conversationPath } from './api.js'
import { formOf, openDialog } from './dialog.js'
import { labelled, make, select } from './dom.js'
import { allEntries } from './entries.js'
import { attempt, complain, tell } from './notices.js'
import { currentSession } from './session.js'

const REACTIONS = ['like', 'heart', 'laugh', 'surprised', 'sad', 'angry'].map((type) => [type, type])

const NAMES = {
  membersAdded: 'Members added',
  membersRemoved: 'Members removed',
  contactAdded: 'Contact added',
  contactRemoved: 'Contact removed',
  installed: 'Installed',
  uninstalled: 'Uninstalled',
  reactionsAdded: 'Reaction added',
  reactionsRemoved: 'Reaction removed',
  typing: 'The user is typing',
  endOfConversation: 'End of conversation',
  deleteUserData: 'Delete user data',
}

/** @type {() => import('./menu.js').MenuItem[]} */
export const channelMenu = () => [
  { heading: 'Who takes part' },
  { label: 'Members added …', do: () => askForMember('membersAdded') },
  { label: 'Members removed …', do: () => askForMember('membersRemoved') },
  plainItem('contactAdded'),
  plainItem('contactRemoved'),
  plainItem('installed'),
  plainItem('uninstalled'),
  { heading: 'What they do' },
  { label: 'Reaction added …', do: () => askForReaction('reactionsAdded') },
  { label: 'Reaction removed …', do: () => askForReaction('reactionsRemoved') },
  plainItem('typing'),
  plainItem('endOfConversation'),
  plainItem('deleteUserData'),
  'rule',
  { label: 'Custom activity …', do: () => editActivity() },
]

function plainItem(system) {
  return { label: NAMES[system], do: () => void attempt(() => sendSystem({ system })) }
}

/** @param {{ system: string, member?: object, reaction?: string, replyToId?: string }} what */
async function sendSystem(what) {
  const { status, problem } = await call('POST', conversationPath(currentSession(), '/activities'), what)
  const name = NAMES[what.system]
  if (problem) complain(`${name}: ${problem.message}`)
  else tell(`${name}: the bot took it${status === undefined ? '' : ` and answered ${status}`}.`)
}

function askForMember(system) {
  const fields = [
    labelled('Id', make('input', { class: 'field', name: 'id', value: 'dl_guest', required: true, maxlength: 256 })),
    labelled('Name', make('input', { class: 'field', name: 'name', value: 'Guest', maxlength: 256 })),
  ]
  const submit = async ({ id, name }) => {
    await sendSystem({ system, member: name ? { id, name } : { id } })
    dialog.close()
  }
  const dialog = openDialog(NAMES[system], [formOf(fields, { action: 'Send', submit })])
}

function askForReaction(system) {
  const messages = allEntries()
    .filter(({ kind, from, type, change, activityId }) => {
      return kind === 'activity' && from === 'bot' && type === 'message' && change === 'sent' && activityId
    })
    .toReversed()
  if (messages.length === 0) return complain('The bot has said nothing yet that one could react to.')
  const fields = [
    labelled('Reaction', select('reaction', REACTIONS)),
    labelled(
      'To',
      select(
        'replyToId',
        messages.map(({ activityId, text }) => [activityId, text || activityId]),
      ),
    ),
  ]
  const submit = async (values) => {
    await sendSystem({ system, ...values })
    dialog.close()
  }
  const dialog = openDialog(NAMES[system], [formOf(fields, { action: 'Send', submit })])
  return undefined
}
