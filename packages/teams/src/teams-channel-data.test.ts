import type { Activity } from '@parley/core'
import {
  teamsGetChannelId,
  teamsGetSelectedChannelId,
  teamsGetTeamId,
  teamsGetTeamInfo,
  teamsGetTeamMeetingInfo,
  teamsGetTeamOnBehalfOf,
  teamsGetTenant,
  teamsNotifyUser,
} from './teams-channel-data.ts'

const channelData = {
  channel: { id: 'c' },
  team: { id: 't', name: 'Team' },
  tenant: { id: 'te' },
  meeting: { id: 'm' },
  settings: { selectedChannel: { id: 's' } },
  onBehalfOf: [{ itemid: 0, mentionType: 'person', mri: '29:a' }],
}

describe.each<[string, (activity: Partial<Activity>) => unknown, unknown, unknown]>([
  ['teamsGetSelectedChannelId', teamsGetSelectedChannelId, 's', ''],
  ['teamsGetTeamMeetingInfo', teamsGetTeamMeetingInfo, channelData.meeting, null],
  ['teamsGetTenant', teamsGetTenant, channelData.tenant, null],
  ['teamsGetTeamInfo', teamsGetTeamInfo, channelData.team, null],
  ['teamsGetTeamId', teamsGetTeamId, 't', null],
  ['teamsGetChannelId', teamsGetChannelId, 'c', null],
  ['teamsGetTeamOnBehalfOf', teamsGetTeamOnBehalfOf, channelData.onBehalfOf, null],
])('%s', (_, get, found, none) => {
  test('finds what the activity says', () => {
    expect(get({ channelData })).toEqual(found)
  })

  const nothing = { channel: null, team: null, tenant: null, meeting: null, settings: { selectedChannel: null } }
  test.each([[{}], [{ channelData: null }], [{ channelData: {} }], [{ channelData: 'x' }], [{ channelData: nothing }]])(
    'finds nothing in %j',
    (activity) => {
      expect(get(activity)).toBe(none)
    },
  )

  test('refuses to look into nothing', () => {
    expect(() => get(undefined as never)).toThrow('Missing activity parameter')
  })
})

test.each([
  ['teamsGetTeamId', teamsGetTeamId, { team: { id: '' } }],
  ['teamsGetChannelId', teamsGetChannelId, { channel: { id: '' } }],
])('%s takes an empty id for none', (_, get, data) => {
  expect(get({ channelData: data })).toBeNull()
})

describe('teamsNotifyUser', () => {
  test.each<[unknown, [boolean?, string?], unknown]>([
    [undefined, [], { notification: { alert: true, alertInMeeting: false } }],
    [undefined, [true], { notification: { alert: false, alertInMeeting: true } }],
    [
      undefined,
      [true, 'https://a'],
      { notification: { alert: false, alertInMeeting: true, externalResourceUrl: 'https://a' } },
    ],
    [{ a: 1 }, [false], { a: 1, notification: { alert: true, alertInMeeting: false } }],
    [null, [], { notification: { alert: true, alertInMeeting: false } }],
    ['x', [], { notification: { alert: true, alertInMeeting: false } }],
  ])('turns channelData %j with %j into %j', (before, args, after) => {
    const activity: Partial<Activity> = before === undefined ? {} : { channelData: before }

    teamsNotifyUser(activity, ...args)

    expect(activity.channelData).toEqual(after)
  })

  test('names the page also when there is none, as SDK v4 does', () => {
    const activity: Partial<Activity> = {}
    teamsNotifyUser(activity)
    expect(Object.keys(activity.channelData.notification)).toEqual(['alert', 'alertInMeeting', 'externalResourceUrl'])
  })

  test('keeps the channelData object the caller has', () => {
    const data = { a: 1 }
    const activity = { channelData: data }

    teamsNotifyUser(activity)

    expect(activity.channelData).toBe(data)
  })

  test('refuses to notify with nothing', () => {
    expect(() => teamsNotifyUser(undefined as never)).toThrow('Missing activity parameter')
  })
})
