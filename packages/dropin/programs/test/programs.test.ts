import { describePrograms } from './run-programs.ts'

describePrograms('a bot written for SDK v4, installed under the names it knows', 'programs')
