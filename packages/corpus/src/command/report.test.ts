import type { FaultResult } from '../faults/play-fault.ts'
import type { CaseResult } from '../inbound/verdict.ts'
import { reportOf } from './report.ts'

const good: CaseResult = { id: 'J00', family: 'J', title: 'valid', verdict: 'asRequired', problems: [], heldMs: 1 }
const bad: CaseResult = { ...good, id: 'J01', title: 'no token', verdict: 'ranWrongly', problems: ['the handler ran'] }
const fault: FaultResult = {
  ...good,
  id: 'F02',
  family: 'F',
  calls: { connector: 1, metadata: 1, keys: 1, token: 1 },
  turns: 1,
  said: ['ran'],
}

test('a report has a table for each host, the figures of what was played, and what is not as required', () => {
  const report = reportOf({ inbound: { node: [good, bad] }, faults: [fault] }, 'Node 1, 2 cores')
  expect(report).toContain('in one run on Node 1, 2 cores')
  expect(report).toContain('### On node')
  expect(report).toContain('| J tokens | 2 | 1 | 0 | 1 | 0 | 0 | 0 | 0 |')
  expect(report).toContain('| F delivery | 1 | 1 | 0 |')
  expect(report).toContain('| bad requests that ran the handler | 0 | 1 |')
  expect(report).toContain('| turns per 5 deliveries of one activity | 1 | 1 |')
  expect(report).toContain('- J01 no token, on node: the handler ran')
  expect(report).not.toContain('key fetches')
})

test('a report of a run without problems says so', () => {
  expect(reportOf({ inbound: { node: [good] }, faults: [] }, 'Node 1')).toContain('All are as required.')
})
