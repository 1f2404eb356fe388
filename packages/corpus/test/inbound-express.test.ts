import { inboundSuite } from './inbound-suite.ts'

inboundSuite('express')
