import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ServiceOptionError } from '../errors.ts'
import { KeyRing } from './key-ring.ts'
import { exportSigningKey, generateSigningKeyNow, importSigningKey } from './signing-key.ts'

/**
 * Keys that are the same in every run, because they are kept in a folder.
 *
 * @param folder - Made when it is missing; only its owner may read the keys in it.
 * @param name - Of the keys, and of their file.
 * @throws ServiceOptionError `SERVICE_OPTION`: the folder cannot be used.
 */
export function keptKeyRing(folder: string, name: string): KeyRing {
  const file = join(folder, `${name}.pem`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return new KeyRing(importSigningKey(read(file) ?? write(file)))
  } catch (cause) {
    const { code = 'no key' } = cause as NodeJS.ErrnoException
    throw new ServiceOptionError('keysFolder', `cannot be used: ${file} (${code}); correct or remove it`, { cause })
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Another service that is starting may be faster; its key is as good. */
function write(file: string): string {
  const pem = exportSigningKey(generateSigningKeyNow())
  try {
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' })
    return pem
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return readFileSync(file, 'utf8')
  }
}
