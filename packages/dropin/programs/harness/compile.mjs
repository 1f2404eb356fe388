import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compilers } from './install.mjs'

const run = promisify(execFile)

/**
 * Compiles the programs written in TypeScript as their own tsconfig.json says, with every compiler there is; the output of the
 * last is what runs.
 *
 * @param {string} programs - The folder of the programs, inside the installed folder.
 * @throws {Error} A program does not compile.
 */
export async function compilePrograms(programs) {
  const folders = readdirSync(programs).filter((name) => existsSync(join(programs, name, 'tsconfig.json')))
  for (const compiler of Object.keys(compilers)) {
    const tsc = join(programs, '..', 'node_modules', compiler, 'bin', 'tsc')
    if (!existsSync(tsc)) continue
    for (const name of folders) await compile(compiler, tsc, join(programs, name))
  }
}

/**
 * @param {string} compiler
 * @param {string} tsc
 * @param {string} folder
 */
async function compile(compiler, tsc, folder) {
  try {
    await run(process.execPath, [tsc, '-p', folder], { cwd: folder })
  } catch (error) {
    const { stdout = '' } = /** @type {{ stdout?: string }} */ (error)
    throw new Error(`${compiler} does not compile ${folder}:\n${stdout}`, { cause: error })
  }
}
