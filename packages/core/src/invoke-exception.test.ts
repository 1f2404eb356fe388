import { ParleyError } from './errors.ts'
import { InvokeException } from './invoke-exception.ts'

describe('InvokeException', () => {
  test.each([
    [
      'a status and a body',
      new InvokeException(412, { reason: 'expired' }),
      { status: 412, body: { reason: 'expired' } },
    ],
    ['a status alone, without a body', new InvokeException(501), { status: 501, body: undefined }],
    ['a body that is null', new InvokeException(400, null), { status: 400, body: null }],
  ])('becomes an answer with %s', (_, exception, answer) => {
    expect(exception.createInvokeResponse()).toStrictEqual(answer)
  })

  test('is an error with a code whose message leaves out the body', () => {
    const exception = new InvokeException(412, { token: 'secret' })
    expect(exception).toBeInstanceOf(ParleyError)
    expect(exception.code).toBe('CORE_INVOKE_REFUSED')
    expect(exception.message).not.toContain('secret')
  })
})
