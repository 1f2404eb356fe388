import { attachmentDisposition, safeFileName } from './file-name.ts'

test.each<[string | undefined, string]>([
  ['report.pdf', 'report.pdf'],
  ['Отчёт за год.pdf', 'Отчёт за год.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\windows\\system.ini', 'system.ini'],
  ['C:\\Users\\ada\\me.png', 'me.png'],
  ['..', 'file'],
  ['/', 'file'],
  ['', 'file'],
  [undefined, 'file'],
  ['.htaccess', 'htaccess'],
  ['a\u0000b\r\nc".png', 'a_b__c_.png'],
  ['invoice\u202egpj.exe', 'invoice_gpj.exe'],
  ['half\ud83d.png', 'half_.png'],
  ['con', '_con'],
  ['NUL.txt', '_NUL.txt'],
  ['constant.txt', 'constant.txt'],
  [`${'x'.repeat(300)}.png`, `${'x'.repeat(124)}.png`],
  // Once looked through from each dot to the last, which takes minutes.
  [`a${'.'.repeat(1_000_000)}x`, 'x'],
  [`${'😀'.repeat(300)}.png`, `${'😀'.repeat(124)}.png`],
])('the name %j becomes %j', (given, expected) => {
  expect(safeFileName(given)).toBe(expected)
})

test('a name is offered in ASCII and, for who understands it, in full', () => {
  expect(attachmentDisposition("Ада's (1).png")).toBe(
    `attachment; filename="___'s (1).png"; filename*=UTF-8''%D0%90%D0%B4%D0%B0%27s%20%281%29.png`,
  )
})
