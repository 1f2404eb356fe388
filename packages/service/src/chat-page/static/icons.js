// The page's icons: outlines on a grid of 16, in the colour of the text around them.

const SVG = 'http://www.w3.org/2000/svg'

const PATHS = {
  plus: 'M8 3.5v9M3.5 8h9',
  down: 'M4.5 6.5 8 10l3.5-3.5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  chats: 'M2.5 3.5h8v6h-5l-2 2v-2h-1zM12.5 6.5h1v6h-1v1.5l-1.5-1.5H7.5',
  send: 'M2.5 8 13.5 3l-3 10.5-3-4zM7.5 9.5l6-6.5',
  bolt: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z',
  file: 'M4 1.5h5l3 3v10H4zM9 1.5v3h3M6 8h4M6 11h4',
  half: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  help: 'M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM6.2 6.3a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.7.5-.7 1M8 11.3h.01',
  panel: 'M2 3h12v10H2zM9 3v10',
  close: 'M4 4l8 8M12 4l-8 8',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.5 12 8l-7 4.5z',
  bin: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  again: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
  warning: 'M8 2.5 14.5 13.5h-13zM8 6.5V10M8 11.8h.01',
  database: 'M3 4c0-2 10-2 10 0s-10 2-10 0v8c0 2 10 2 10 0V4M3 8c0 2 10 2 10 0',
  right: 'M2.5 8h11M9.5 4l4 4-4 4',
  left: 'M13.5 8h-11M6.5 4l-4 4 4 4',
  back: 'M9.5 3.5 5 8l4.5 4.5',
}

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', PATHS[name])
  if (name === 'more') path.setAttribute('stroke-width', '2.5')
  svg.append(path)
  return svg
}

/** Draws the icons that the page's HTML asks for. */
export function drawIcons(root) {
  for (const place of root.querySelectorAll('[data-icon]')) place.replaceWith(icon(place.dataset.icon))
}
