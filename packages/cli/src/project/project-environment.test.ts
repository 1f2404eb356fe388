import { temporaryTree } from 'test-support/temporary-tree'
import { readProjectEnvironment } from './project-environment.ts'

test('the environment goes before .env, and what is empty counts as missing', () => {
  const folder = temporaryTree({ '.env': "A=1\nB='two words' # why\nC=3\nEMPTY=\n" })
  const project = readProjectEnvironment(folder, { C: '4', B: '', D: '5' })
  expect(project).toEqual({
    variables: { A: '1', B: 'two words', C: '4', D: '5' },
    dotEnv: { A: '1', B: 'two words', C: '3' },
    hasDotEnv: true,
  })
})

test('a folder without .env, or one that is not there, has the environment alone', () => {
  const folder = temporaryTree({})
  for (const place of [folder, `${folder}/nowhere`]) {
    expect(readProjectEnvironment(place, { A: '1' })).toEqual({ variables: { A: '1' }, dotEnv: {}, hasDotEnv: false })
  }
})

test('a .env that cannot be read is told', () => {
  const folder = temporaryTree({ '.env/file': '' })
  expect(() => readProjectEnvironment(folder, {})).toThrow(/\.env cannot be read \(EISDIR\): correct its permissions/)
})
