import { describeWith } from 'test-support/parts'
import { useChatPage } from './chat-page-visit.ts'

jest.setTimeout(60_000)

describeWith('browser', 'failures armed on the chat page', (executablePath) => {
  const visit = useChatPage(executablePath, { viewport: { width: 1440, height: 900 } })
  const chips = (): ReturnType<typeof visit.page.getByRole> => visit.page.getByRole('group', { name: 'Armed failures' })
  const open = async (): Promise<ReturnType<typeof visit.page.getByRole>> => {
    await visit.page.getByRole('button', { name: 'Failures', exact: true }).click()
    return visit.page.getByRole('dialog', { name: 'Failures' })
  }

  test('happen to the next call, and are no longer armed then', async () => {
    await visit.open()
    const dialog = await open()
    await dialog.getByLabel('Retry-After, in seconds').fill('0')
    await dialog.getByRole('button', { name: 'Arm', exact: true }).click()
    await dialog.getByRole('button', { name: /^Disarm 429/ }).waitFor()
    await visit.page.keyboard.press('Escape')
    await chips().getByText(/^429/).waitFor()
    await visit.say('patience')
    await visit.rows(/POST .* 429/).waitFor()
    await chips().getByText(/^429/).waitFor({ state: 'detached' })
    expect(visit.complaints).toEqual([])
  })

  test('are disarmed from the header', async () => {
    await visit.open()
    const dialog = await open()
    await dialog.getByLabel('What happens').selectOption('500')
    await dialog.getByLabel('Times').first().fill('3')
    await dialog.getByRole('button', { name: 'Arm', exact: true }).click()
    await visit.page.keyboard.press('Escape')
    await chips().getByRole('button', { name: 'Disarm 500 × 3' }).click()
    await chips().getByText(/^500/).waitFor({ state: 'detached' })
    await visit.say('all is well')
  })

  test('give the bot a bad token, whose detail says why it was refused', async () => {
    await visit.open()
    const dialog = await open()
    await dialog.getByLabel('What is wrong').selectOption('wrong-audience')
    await dialog.getByRole('button', { name: 'Arm token' }).click()
    await visit.page.keyboard.press('Escape')
    await chips().getByText('token: wrong audience').waitFor()
    await visit.send('who am I?')
    await visit.rows(/api\/messages .*40[13]/).click()
    const detail = visit.page.getByRole('region', { name: 'Detail' })
    await detail.getByRole('tab', { name: 'Token', selected: true }).waitFor()
    await detail.getByText(/^Why 40[13]/).waitFor()
    await detail.locator('.checks__mark--false').first().waitFor()
    await chips().getByText('token: wrong audience').waitFor({ state: 'detached' })
  })

  test('keys are rotated without the bot failing', async () => {
    await visit.open()
    const dialog = await open()
    await dialog.getByRole('button', { name: 'Rotate the channel’s key' }).click()
    await visit.page.getByText('The channel signs with a new key.').waitFor()
    await visit.page.keyboard.press('Escape')
    await visit.say('still there?')
  })
})
