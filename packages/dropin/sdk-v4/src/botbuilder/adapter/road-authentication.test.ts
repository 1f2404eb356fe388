import type { AdmittedActivity } from '@parley/auth'
import { AuthenticationError } from '../../connector/auth/authentication-error.ts'
import { RoadAuthentication } from './road-authentication.ts'

const activity = { type: 'message', channelId: 'test' } as unknown as AdmittedActivity

async function refusalOf(error: Error): Promise<unknown> {
  const road = new RoadAuthentication({
    authenticateRequest: async () => {
      throw error
    },
  })
  const identity = await road.authenticate({ authorization: 'Bearer x' })
  return road.admit(identity, activity).catch((reason: unknown) => reason)
}

test.each([400, 401, 403, 500])(
  'a refusal of the bot’s own with status %i is answered with 401, as by v4',
  async (status) => {
    const error = new AuthenticationError('no', status)
    expect(await refusalOf(error)).toMatchObject({ code: 'AUTH_REFUSED', status: 401, message: 'no', cause: error })
  },
)

test('what else the bot’s own authentication throws stays what it is', async () => {
  const error = new Error('broken')
  expect(await refusalOf(error)).toBe(error)
})
