export type { HostName } from './bots/hosts.ts'
export { BOT_NAMES } from './cases/bot-name.ts'
export type { BotName } from './cases/bot-name.ts'
export { CorpusInvalidError, CorpusUsageError } from './cases/corpus-errors.ts'
export type {
  BotAction,
  FaultBotSpec,
  FaultCase,
  FaultExpectation,
  FaultFamily,
  MiddlewareFault,
  Phase,
  Range,
  StorageFaults,
  WorldFaults,
} from './cases/fault-case.ts'
export { KEY_NAMES } from './cases/inbound-case.ts'
export type {
  BodySpec,
  InboundCase,
  InboundExpectation,
  InboundFamily,
  InboundStep,
  KeyName,
  RequestSpec,
  TokenMutation,
  TokenSpec,
  TransportSpec,
} from './cases/inbound-case.ts'
export { loadFaultCases } from './cases/load-faults.ts'
export { loadInboundCases } from './cases/load-inbound.ts'
export { playFault } from './faults/play-fault.ts'
export type { FaultResult } from './faults/play-fault.ts'
export type { HeapUse } from './fuzz/heap-watch.ts'
export { runFuzz } from './fuzz/run-fuzz.ts'
export type { FuzzOptions, FuzzResult } from './fuzz/run-fuzz.ts'
export { runForeign } from './inbound/run-foreign.ts'
export { runInbound } from './inbound/run-inbound.ts'
export { failed } from './inbound/verdict.ts'
export type { CaseResult, Verdict } from './inbound/verdict.ts'
export { World } from './world/world.ts'
export type { WorldPorts } from './world/world.ts'
export type { FixedAnswer, ScriptedAnswer } from './world/scripted-answers.ts'
