import { BotAdapter } from '@parley/core'
import { TurnContext } from '../core/turn-context.ts'
import type { Activity, ResourceResponse } from '@parley/core'
import { TeamsActivityHandler, TeamsInfo } from '@parley/teams'
import { nameTeamsErrors } from './name-teams-errors.ts'

nameTeamsErrors()

class SilentAdapter extends BotAdapter {
  async sendActivities(): Promise<ResourceResponse[]> {
    return []
  }
  async updateActivity(): Promise<void> {}
  async deleteActivity(): Promise<void> {}
  async continueConversation(): Promise<void> {}
}

const turn = (activity: Partial<Activity> = {}): TurnContext => new TurnContext(new SilentAdapter(), activity)

class Handler extends TeamsActivityHandler {
  override handleTeamsFileConsent = super.handleTeamsFileConsent
  override handleTeamsTaskModuleFetch = super.handleTeamsTaskModuleFetch
}

test.each<[string, () => unknown]>([
  ["TurnContext: cannot set 'responded' to a value of 'false'.", () => Object.assign(turn(), { responded: false })],
  ['Missing TurnContext parameter', () => new TeamsActivityHandler().run(undefined as never)],
  ['TurnContext does not include an activity', () => new TeamsActivityHandler().run({} as never)],
  ['Activity is missing its type', () => new TeamsActivityHandler().run(turn())],
  ['This method is only valid within the scope of a MS Teams Team.', () => TeamsInfo.getTeamDetails(turn())],
  ['meetingId is required.', () => TeamsInfo.getMeetingParticipant(turn())],
  ['This method requires a connector client.', () => TeamsInfo.getTeamDetails(turn(), 'team')],
  ['BadRequest', () => new Handler().handleTeamsFileConsent(turn(), {} as never)],
  ['NotImplemented', () => new Handler().handleTeamsTaskModuleFetch(turn(), {} as never)],
])('"%s" has the name of a plain error, as v4 has it', async (message, run) => {
  const failure = await Promise.resolve()
    .then(run)
    .catch((error: unknown) => error)
  expect(failure).toMatchObject({ name: 'Error', message })
})
