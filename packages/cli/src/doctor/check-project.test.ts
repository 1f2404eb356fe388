import { temporaryTree } from 'test-support/temporary-tree'
import { checkNode, checkProject } from './check-project.ts'

test.each([
  ['20.19.0', 'ok'],
  ['26.1.0', 'ok'],
  ['20.18.3', 'failed'],
  ['18.20.0', 'failed'],
])('Node %s is %s', (version, status) => {
  expect(checkNode(version).status).toBe(status)
})

test('a folder without package.json is not judged', () => {
  expect(checkProject(temporaryTree({}))).toEqual([])
})

test('packages of the archived SDK are named with what to write instead', () => {
  const dependencies = {
    botbuilder: '^4.23.0',
    'botbuilder-dialogs': 'npm:@parley/botbuilder-dialogs@0.1.0',
    'botbuilder-lg': '4.23.0',
    restify: '11',
  }
  const files = { 'package.json': { dependencies }, 'package-lock.json': {}, 'node_modules/x': '' }
  expect(checkProject(temporaryTree(files))).toMatchObject([
    { id: 'package-manager', status: 'ok', detail: 'npm' },
    {
      id: 'dependencies',
      status: 'warning',
      detail: 'The Bot Framework SDK is archived and gets no fixes: botbuilder, botbuilder-lg.',
      advice:
        'To run the bot on Parley unchanged, write "botbuilder": "npm:@parley/botbuilder". ' +
        'Parley has nothing in place of botbuilder-lg.',
    },
  ])
})

test.each([
  [{ 'package-lock.json': {}, 'yarn.lock': '' }, 'There are lock files of npm and yarn: package-lock.json, yarn.lock.'],
  [{ 'pnpm-lock.yaml': '' }, 'Nothing is installed in this folder.'],
])('a folder with %j gets a warning', (files, detail) => {
  const [packages] = checkProject(temporaryTree({ 'package.json': {}, ...files }))
  expect(packages).toMatchObject({ status: 'warning', detail })
})

test.each(['[]', '{', 'null'])('a package.json that holds %s fails', (text) => {
  expect(checkProject(temporaryTree({ 'package.json': text }))).toMatchObject([
    { id: 'dependencies', status: 'failed' },
  ])
})
