// The chat page: puts its parts together and opens the first conversation.

import { setUpAbout } from './about.js'
import { editActivity } from './activity-editor.js'
import { setUpChips } from './armed-faults.js'
import { channelMenu } from './channel-menu.js'
import { focusMessageBox } from './chat.js'
import { setUpConversationEnd } from './conversation-end.js'
import { showConversations } from './conversations.js'
import { byId } from './dom.js'
import { showFaultSwitches } from './fault-switches.js'
import { drawIcons } from './icons.js'
import { searchEntries, setUpInspector } from './inspector.js'
import { listenForKeys, showShortcuts } from './keys.js'
import { attachMenu } from './menu.js'
import { waysToStart } from './new-conversation.js'
import { isInspectorShown, setUpPanes, showInspector } from './panes.js'
import { openConversation } from './session.js'
import { chooseTheme, chosenTheme, THEMES } from './theme.js'
import { acceptDroppedTranscripts, transcriptMenu } from './transcripts.js'

const SHORTCUTS = [
  { code: 'KeyN', shown: 'Alt+N', means: 'new conversation', do: () => void openConversation() },
  { code: 'KeyL', shown: 'Alt+L', means: 'list of conversations', do: () => void showConversations() },
  { code: 'KeyI', shown: 'Alt+I', means: 'open or close the inspector', do: () => showInspector(!isInspectorShown()) },
  { code: 'KeyM', shown: 'Alt+M', means: 'message box', do: focusMessageBox },
  { code: 'KeyJ', shown: 'Alt+J', means: 'custom activity as JSON', do: () => editActivity() },
  { code: 'KeyK', shown: 'Alt+K', means: 'failures', do: () => void showFaultSwitches() },
  { key: '/', shown: '/', means: 'search the entries', do: searchEntries },
  { key: '?', shown: '?', means: 'this list', do: () => showShortcuts(SHORTCUTS) },
]

function themeMenu() {
  const chosen = chosenTheme()
  return THEMES.map(([name, label]) => ({ label, isChecked: name === chosen, do: () => chooseTheme(name) }))
}

drawIcons(document)
setUpPanes()
setUpAbout()
setUpInspector()
setUpConversationEnd()
setUpChips(() => void showFaultSwitches())
acceptDroppedTranscripts()
attachMenu(byId('ways-to-start'), waysToStart)
attachMenu(byId('open-channel'), channelMenu)
attachMenu(byId('open-transcript'), transcriptMenu)
attachMenu(byId('open-theme'), themeMenu)
byId('new-conversation').addEventListener('click', () => void openConversation())
byId('open-conversations').addEventListener('click', () => void showConversations())
byId('open-failures').addEventListener('click', () => void showFaultSwitches())
byId('open-help').addEventListener('click', () => showShortcuts(SHORTCUTS))
listenForKeys(SHORTCUTS)
void openConversation()
