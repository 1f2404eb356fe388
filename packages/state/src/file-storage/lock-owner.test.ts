import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { newOwnerName, ownerPid, ownerState } from './lock-owner.ts'

const isLinux = process.platform === 'linux'
const describeLinux = isLinux ? describe : describe.skip

function nameWith(part: number, value: string): string {
  return newOwnerName()
    .split('.')
    .map((own, index) => (index === part ? value : own))
    .join('.')
}

test('every name is another, and tells the process', () => {
  const names = Array.from({ length: 100 }, newOwnerName)
  expect(new Set(names).size).toBe(100)
  expect(ownerPid(names[0] ?? '')).toBe(process.pid)
})

describe('the owner of a name', () => {
  test('is alive when it is this process', () => {
    expect(ownerState(newOwnerName())).toBe(isLinux ? 'alive' : 'unknown')
  })

  test('is dead when its process has ended', () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    expect(ownerState(nameWith(0, String(pid)))).toBe('dead')
  })

  test('is unknown when it is of another place', () => {
    expect(ownerState(nameWith(2, '00000000'))).toBe('unknown')
  })

  test.each(['', 'notes.txt', '1.2.3', '.1.00000000.0123456789abcdef', '../1.1.00000000.0123456789abcdef'])(
    'is none when the name is %p',
    (name) => {
      expect([ownerState(name), ownerPid(name)]).toEqual([undefined, undefined])
    },
  )
})

describeLinux('the owner of a name, where processes tell when they started,', () => {
  test('is dead when its process has ended and its parent did not take note', async () => {
    // The shell becomes a program that does not ask for its children.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'])
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const child = Number(String(line))
    const { start } = /^\d+\.(?<start>\d+)/.exec(nameOf(child))?.groups ?? {}
    const name = newOwnerName().replace(/^\d+\.\d+/, `${child}.${start}`)
    expect(ownerState(name)).toBe('alive')
    process.kill(child, 'SIGKILL')
    while (ownerState(name) === 'alive') await new Promise(setImmediate)
    expect(ownerState(name)).toBe('dead')
    parent.kill('SIGKILL')
    await once(parent, 'close')
  })

  test('is dead when its process id belongs to a process that started at another time', () => {
    expect(ownerState(nameWith(1, '1'))).toBe('dead')
  })
})

/** As that process would name itself, as far as its start. */
function nameOf(pid: number): string {
  const stat = spawnSync('cat', [`/proc/${pid}/stat`]).stdout.toString()
  return `${pid}.${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
}
