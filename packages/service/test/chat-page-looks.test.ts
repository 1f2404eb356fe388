import { describeWith } from 'test-support/parts'
import { overflowOf, useChatPage } from './chat-page-visit.ts'

jest.setTimeout(60_000)

/** Run in the page: its own texts whose contrast to what is behind them is below 4.5 : 1. */
const faintTexts = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return canvas.getImageData(0, 0, 1, 1).data
  }
  const luminance = (colour) => {
    const [r, g, b] = [...rgba(colour)].slice(0, 3).map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at)
      if (rgba(backgroundColor)[3] === 255) return backgroundColor
    }
    return 'white'
  }
  const texts = [...document.querySelectorAll(':is(.bar, .about, .inspector, dialog) *')].filter(
    (one) => one.checkVisibility() && !one.matches(':disabled') && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
  )
  return texts.flatMap((one) => {
    const [a, b] = [luminance(getComputedStyle(one).color), luminance(behind(one))]
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    return contrast < 4.5 ? [one.className + ' ' + one.textContent + ' ' + contrast.toFixed(2)] : []
  })
})()`

describeWith('browser', 'the looks of the chat page', (executablePath) => {
  const visit = useChatPage(executablePath, { viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
  const colourOf = (selector: string): Promise<string> =>
    visit.page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).backgroundColor`)

  test('are light or dark as chosen, in Web Chat too, and stay so', async () => {
    await visit.open()
    expect(await colourOf('.bar')).toBe('rgb(255, 255, 255)')
    await visit.page.getByRole('button', { name: 'Colours' }).click()
    await visit.page.getByRole('menuitemradio', { name: 'Dark' }).click()
    const colours = async (): Promise<string[]> => [
      await colourOf('.bar'),
      await colourOf('.webchat__basic-transcript'),
    ]
    expect(await colourOf('.bar')).toBe('rgb(23, 26, 35)')
    await visit.page.reload()
    await visit.bubbles('Hello and welcome!').waitFor()
    expect((await colours())[0]).toBe('rgb(23, 26, 35)')
    expect(await colourOf('.webchat__send-box__main')).toBe('rgb(23, 26, 35)')
    expect(visit.complaints).toEqual([])
  })

  test.each(['light', 'dark'] as const)('can be read when it is %s', async (colorScheme) => {
    await visit.page.emulateMedia({ colorScheme })
    await visit.open()
    await visit.say('hello')
    await visit.page.getByRole('button', { name: 'Failures' }).click()
    const dialog = visit.page.getByRole('dialog', { name: 'Failures' })
    await dialog.getByRole('button', { name: 'Arm', exact: true }).click()
    await dialog.getByRole('button', { name: /^Disarm/ }).waitFor()
    expect(await visit.page.evaluate(faintTexts)).toEqual([])
    await visit.page.keyboard.press('Escape')
    await visit.rows('/api/messages').first().click()
    for (const name of ['Request', 'Headers']) {
      await visit.page.getByRole('tab', { name }).click()
      expect(await visit.page.evaluate(faintTexts)).toEqual([])
    }
  })

  test('are moved with the keyboard, and stay so', async () => {
    await visit.open()
    const width = (): Promise<number> => visit.page.evaluate("document.querySelector('main').offsetWidth")
    const bar = visit.page.getByRole('separator', { name: 'Width of the chat' })
    const before = await width()
    await bar.press('ArrowRight')
    await bar.press('ArrowRight')
    const after = await width()
    expect(after).toBeGreaterThan(before)
    await visit.page.reload()
    await visit.bubbles('Hello and welcome!').waitFor()
    expect(await width()).toBe(after)
  })

  test('let a person without a mouse reach everything', async () => {
    await visit.open()
    await visit.say('hello')
    await visit.rows('Echo: hello').waitFor()
    const { keyboard } = visit.page
    await keyboard.press('Alt+I')
    await visit.page.getByRole('region', { name: 'Inspector' }).waitFor({ state: 'hidden' })
    await keyboard.press('Alt+I')
    await visit.page.getByRole('listbox', { name: 'Entries' }).focus()
    await keyboard.press('End')
    await keyboard.press('ArrowUp')
    await keyboard.press('Enter')
    const detail = visit.page.getByRole('region', { name: 'Detail' })
    await detail.getByRole('tabpanel').and(visit.page.locator(':focus')).waitFor()
    await keyboard.press('Escape')
    await detail.waitFor({ state: 'hidden' })
    expect(await visit.page.evaluate('document.activeElement.getAttribute("role")')).toBe('listbox')
    await keyboard.press('?')
    await visit.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Alt+N').waitFor()
    await keyboard.press('Escape')
    const channel = visit.page.getByRole('button', { name: 'Channel' })
    await channel.press('Enter')
    await keyboard.press('ArrowDown')
    await keyboard.press('Escape')
    expect(await channel.evaluate((element) => element.matches(':focus'))).toBe(true)
    await keyboard.press('Alt+N')
    await visit.bubbles('Echo: hello').waitFor({ state: 'detached' })
    expect(visit.complaints).toEqual([])
  })

  test('name every control, and have every control in the order of the page', async () => {
    await visit.open()
    await visit.rows('Hello and welcome!').click()
    const nameless = await visit.page.evaluate(`[...document.querySelectorAll('.bar, .inspector, .about')]
      .flatMap((part) => [...part.querySelectorAll('button, input, select, [tabindex]')])
      .filter((one) => one.checkVisibility())
      .filter((one) => !(one.getAttribute('aria-label') || one.getAttribute('aria-labelledby') || one.labels?.length || one.textContent.trim()))
      .map((one) => one.outerHTML)`)
    expect(nameless).toEqual([])
  })

  test.each([
    [360, 740],
    [320, 568],
  ])('fit a phone of %i × %i, one pane at a time', async (width, height) => {
    await visit.page.setViewportSize({ width, height })
    await visit.open()
    await visit.say('hello')
    expect(await overflowOf(visit.page)).toBeLessThanOrEqual(0)
    const switches = visit.page.getByRole('group', { name: 'What is shown' })
    await switches.getByRole('button', { name: 'Inspector' }).click()
    await visit.rows('Echo: hello').click()
    await visit.page.getByRole('region', { name: 'Detail' }).getByText('"Echo: hello"').waitFor()
    expect(await visit.page.locator('main').isVisible()).toBe(false)
    expect(await overflowOf(visit.page)).toBeLessThanOrEqual(0)
    await visit.page.getByRole('button', { name: 'More' }).click()
    await visit.page.getByRole('button', { name: 'Failures' }).click()
    await visit.page.getByRole('dialog', { name: 'Failures' }).waitFor()
    expect(await overflowOf(visit.page)).toBeLessThanOrEqual(0)
    await visit.page.keyboard.press('Escape')
    await switches.getByRole('button', { name: 'Chat' }).click()
    await visit.say('again')
  })
})
