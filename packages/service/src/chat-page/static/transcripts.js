// Transcripts: saving this conversation, and loading one from a file to read it.

import { call, conversationPath } from './api.js'
import { make } from './dom.js'
import { attempt, complain, tell } from './notices.js'
import { replayTranscript } from './replay.js'
import { currentSession, openConversation } from './session.js'

const MAX_BYTES = 16 * 1024 * 1024

/** @type {() => import('./menu.js').MenuItem[]} */
export const transcriptMenu = () => [
  { label: 'Save', do: () => void attempt(save), isOff: !currentSession() },
  { label: 'Load …', do: chooseFile },
  'rule',
  { label: 'Replay this conversation', do: () => void attempt(replayTranscript), isOff: !currentSession() },
]

async function save() {
  const session = currentSession()
  const activities = await call('GET', conversationPath(session, '/transcript'))
  const url = URL.createObjectURL(new Blob([JSON.stringify(activities, null, 2)], { type: 'application/json' }))
  make('a', { href: url, download: `${fileName(session)}.transcript` }).click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

function fileName({ bot, conversationId }) {
  return `${bot.name} ${conversationId}`.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)
}

function chooseFile() {
  const input = make('input', { type: 'file', accept: '.transcript,.json,application/json', hidden: true })
  input.addEventListener('change', () => {
    const [file] = input.files
    input.remove()
    if (file) void attempt(() => load(file))
  })
  input.addEventListener('cancel', () => input.remove())
  document.body.append(input)
  input.click()
}

/** Shows a transcript as a conversation of its own, that can be read and replayed. @param {File} file */
async function load(file) {
  if (file.size > MAX_BYTES) throw new Error(`${file.name} is larger than 16 MB.`)
  let content
  try {
    content = JSON.parse(await file.text())
  } catch {
    throw new Error(`${file.name} is not a transcript: it is not JSON.`)
  }
  const { appId } = currentSession()?.bot ?? {}
  const query = appId === undefined ? '' : `?${new URLSearchParams({ bot: appId })}`
  const { conversationId } = await call('POST', `/chat/transcripts${query}`, content)
  if (await openConversation({ conversationId, readOnly: true })) tell(`${file.name} is loaded.`)
}

/** Lets files be dropped on the page. Those dropped on the message box are for Web Chat. */
export function acceptDroppedTranscripts() {
  const target = make('div', { class: 'drop-target', hidden: true }, 'Drop a transcript to read it')
  document.body.append(target)
  const hasFile = ({ dataTransfer, target: over }) =>
    dataTransfer?.types.includes('Files') && !over.closest?.('.webchat__send-box, .webchat__drop-zone')
  document.addEventListener('dragover', (event) => {
    target.hidden = !hasFile(event)
    if (hasFile(event)) event.preventDefault()
  })
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) target.hidden = true
  })
  document.addEventListener('drop', (event) => {
    target.hidden = true
    if (!hasFile(event)) return
    event.preventDefault()
    const files = [...event.dataTransfer.files]
    if (files.length === 1) void attempt(() => load(files[0]))
    else complain('Drop one transcript at a time.')
  })
}
