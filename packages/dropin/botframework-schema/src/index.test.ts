import { ActivityEx, assertActivity } from '@parley/botframework-schema'
import { ActivityEx as deep } from '@parley/botframework-schema/lib/activityEx'
import { assertActivity as deepest } from '@parley/botframework-schema/lib/teams/index'

test('paths into lib/ give the same objects as the package', () => {
  expect(deep).toBe(ActivityEx)
  expect(deepest).toBe(assertActivity)
})
