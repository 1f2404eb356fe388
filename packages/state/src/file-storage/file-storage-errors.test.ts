import { StorageDamagedError, codedError } from './file-storage-errors.ts'

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: something, write`), { code, syscall: 'write' })
}

describe('an error of the file system', () => {
  test.each([
    ['ENOSPC', 'STATE_FULL'],
    ['EDQUOT', 'STATE_FULL'],
    ['EFBIG', 'STATE_FULL'],
    ['EACCES', 'STATE_ACCESS'],
    ['EPERM', 'STATE_ACCESS'],
    ['EROFS', 'STATE_ACCESS'],
    ['EIO', 'STATE_IO'],
    ['EMFILE', 'STATE_IO'],
    ['toString', 'STATE_IO'],
  ])('%s becomes %s, and says so', (errno, code) => {
    const cause = systemError(errno)
    expect(codedError('/data', cause)).toMatchObject({ code, folder: '/data', cause })
    expect((codedError('/data', cause) as Error).message).toContain(`"/data" (${errno})`)
  })
})

test.each<[string, unknown]>([
  ['a coded one', new StorageDamagedError('/data/x', 'is a link')],
  ['one without a code', new TypeError('x')],
  ['one of Node that no system call caused', Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' })],
  ['nothing', undefined],
])('any other error stays as it is: %s', (_, error) => {
  expect(codedError('/data', error)).toBe(error)
})
