import { inboundSuite } from './inbound-suite.ts'

inboundSuite('restify')
