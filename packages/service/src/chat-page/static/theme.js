// Light, dark, or as the system has it; remembered in this browser.

import { keep, kept } from './kept.js'

export const THEMES = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

const systemIsDark = matchMedia('(prefers-color-scheme: dark)')

/** Tells `changed` when the colours to be used are others. */
export const theme = new EventTarget()

/** @returns {string} */
export function chosenTheme() {
  return kept('theme') ?? 'system'
}

export function isDark() {
  const chosen = chosenTheme()
  return chosen === 'dark' || (chosen !== 'light' && systemIsDark.matches)
}

/** @param {string} choice - One of {@link THEMES}. */
export function chooseTheme(choice) {
  keep('theme', choice)
  const { dataset } = document.documentElement
  if (choice === 'system') delete dataset.theme
  else dataset.theme = choice
  theme.dispatchEvent(new Event('changed'))
}

systemIsDark.addEventListener('change', () => theme.dispatchEvent(new Event('changed')))
