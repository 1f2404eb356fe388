import { describePrograms } from './run-programs.ts'

describePrograms('a bot written for SDK v3, installed under the name it knows', 'programs-v3', ['--sdk', 'v3'])
