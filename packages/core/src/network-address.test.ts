import { isForbiddenAddress, isLoopbackAddress, isLoopbackHost } from './network-address.ts'

test.each([
  ['this network', '0.0.0.0', '0.255.255.255'],
  ['private', '10.0.0.1', '10.255.255.255', '172.16.0.0', '172.31.255.255', '192.168.0.1', 'fc00::1', 'fd12:3456::1'],
  ['shared by carriers', '100.64.0.0', '100.127.255.255'],
  ['loopback', '127.0.0.1', '127.255.255.255', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:0:0:1'],
  ['link-local', '169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fec0::1'],
  ['the host agent of Azure', '168.63.129.16'],
  ['protocol assignments', '192.0.0.1', '2001::1', '2001:1ff::1'],
  ['documentation', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1', '3fff:fff::1'],
  [
    'transition',
    '192.88.99.1',
    '2002:7f00:1::',
    '64:ff9b::7f00:1',
    '64:ff9b::127.0.0.1',
    '64:ff9b:1::1',
    '::127.0.0.1',
  ],
  ['benchmarks', '198.18.0.0', '198.19.255.255'],
  ['multicast and beyond', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', 'ff02::1'],
  ['other', '::', '[::]', '100::1', '5f00::1', '4000::1', '::ffff:10.0.0.1', '::FFFF:A9FE:A9FE', '[::ffff:a00:1]'],
  [
    'no address',
    '',
    'localhost',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.4.5',
    '0x7f.0.0.1',
    '::1::',
    '1:2:3',
    '1:2:3:4:5:6:7:8:9',
    ':::',
  ],
])('forbidden: %s', (_, ...addresses) => {
  for (const address of addresses) expect([address, isForbiddenAddress(address)]).toEqual([address, true])
})

test.each(
  `1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1
   169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0
   198.17.255.255 198.20.0.0 168.63.129.15 223.255.255.255 ::ffff:1.1.1.1 2606:4700:4700::1111 2001:200::1
   2001:4860:4860::8888 2003::1 3fff:1000::1 [2a00:1450::1]`.split(/\s+/),
)('not forbidden: %s', (address) => {
  expect(isForbiddenAddress(address)).toBe(false)
})

test.each(['127.0.0.1', '127.1.2.3', '::1', '[::1]', '::ffff:127.0.0.1', '0:0:0:0:0:0:0:1'])('%s is loopback', (ip) => {
  expect(isLoopbackAddress(ip)).toBe(true)
  expect(isLoopbackHost(ip)).toBe(true)
})

test.each(['128.0.0.1', '10.0.0.1', '::', '::2', '1::1', '0.0.0.0', 'example.com', ''])('%j is not loopback', (ip) => {
  expect(isLoopbackAddress(ip)).toBe(false)
  expect(isLoopbackHost(ip)).toBe(false)
})

test.each(['localhost', 'LOCALHOST', 'bot.localhost', 'a.b.localhost'])('%s is this machine', (host) => {
  expect(isLoopbackHost(host)).toBe(true)
})

test.each(['localhost.', 'localhost.example.com', 'notlocalhost', '.localhost', '127.0.0.1.nip.io'])(
  '%s is not',
  (host) => {
    expect(isLoopbackHost(host)).toBe(false)
  },
)
