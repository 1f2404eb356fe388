// How Web Chat looks: its own options, with the page's colours as they are now.

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

/** Web Chat computes with colours, so it gets values, not the names of the page's properties. */
const LIGHT = {
  text: '#1b1f2a',
  quiet: '#565d6e',
  surface: '#ffffff',
  bubble: '#eef0f6',
  accent: '#3447c6',
  onAccent: '#ffffff',
  line: '#dfe3ec',
}
const DARK = {
  text: '#eceef5',
  quiet: '#a3aabd',
  surface: '#171a23',
  bubble: '#262b3b',
  accent: '#8c9bff',
  onAccent: '#10121a',
  line: '#2b3040',
}

/** @param {boolean} isDark */
export function styleOptions(isDark) {
  const { text, quiet, surface, bubble, accent, onAccent, line } = isDark ? DARK : LIGHT
  return {
    accent,
    backgroundColor: surface,
    bubbleBackground: bubble,
    bubbleBorderRadius: 14,
    bubbleBorderWidth: 0,
    bubbleFromUserBackground: accent,
    bubbleFromUserBorderRadius: 14,
    bubbleFromUserBorderWidth: 0,
    bubbleFromUserTextColor: onAccent,
    bubbleTextColor: text,
    cardEmphasisBackgroundColor: bubble,
    monospaceFont: 'ui-monospace, Menlo, Consolas, monospace',
    primaryFont: FONT,
    rootHeight: '100%',
    rootWidth: '100%',
    sendBoxBackground: surface,
    sendBoxBorderTop: `1px solid ${line}`,
    sendBoxButtonColor: accent,
    sendBoxButtonColorOnHover: text,
    sendBoxHeight: 52,
    sendBoxPlaceholderColor: quiet,
    sendBoxTextColor: text,
    subtle: quiet,
    suggestedActionBackgroundColor: surface,
    suggestedActionBorderColor: accent,
    suggestedActionBorderRadius: 20,
    suggestedActionBorderWidth: 1,
    suggestedActionTextColor: accent,
    timestampColor: quiet,
  }
}
