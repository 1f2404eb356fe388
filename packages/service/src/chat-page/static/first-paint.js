// Runs before anything is painted: puts the page as it was left, so that nothing jumps or flashes once the modules are there.
{
  const kept = (key) => {
    try {
      return localStorage.getItem(`parley.${key}`)
    } catch {
      return null
    }
  }
  const root = document.documentElement
  const theme = kept('theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  if (kept('inspector') === 'closed') root.dataset.inspector = 'closed'
  for (const share of ['chat-share', 'list-share']) {
    const percent = Number(kept(share))
    if (percent >= 15 && percent <= 85) root.style.setProperty(`--${share}`, `${percent}%`)
  }
}
