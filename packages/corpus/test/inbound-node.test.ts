import { inboundSuite } from './inbound-suite.ts'

inboundSuite('node')
