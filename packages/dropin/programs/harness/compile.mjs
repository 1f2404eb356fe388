import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compilers } from './install.mjs'

const run = promisify(execFile)

/**
 * Compiles a program written in TypeScript as its own tsconfig.json says, with every compiler there is; the output of the last
 * is what runs. A program in JavaScript is left alone.
 *
 * @param {string} folder - Of the program, inside the installed folder.
 * @param {boolean} checksLibraries - Whether the declarations of the packages are checked too. Those of SDK v4 do not compile.
 * @throws {Error} The program does not compile.
 */
export async function compileProgram(folder, checksLibraries) {
  if (!existsSync(join(folder, 'tsconfig.json'))) return
  const libraries = checksLibraries ? [] : ['--skipLibCheck']
  for (const compiler of Object.keys(compilers)) {
    const tsc = join(folder, '..', '..', 'node_modules', compiler, 'bin', 'tsc')
    if (existsSync(tsc))
      await compile(compiler, [tsc, '-p', folder, ...libraries, ...overrides(compiler, folder)], folder)
  }
}

/**
 * @param {string} compiler
 * @param {string[]} commandLine
 * @param {string} folder
 */
async function compile(compiler, commandLine, folder) {
  try {
    await run(process.execPath, commandLine, { cwd: folder })
  } catch (error) {
    const { stdout = '' } = /** @type {{ stdout?: string }} */ (error)
    throw new Error(`${compiler} does not compile ${folder}:\n${stdout}`, { cause: error })
  }
}

/**
 * TypeScript 7 no longer finds packages the old way; whoever moves to it says so in tsconfig.json.
 *
 * @param {string} compiler
 * @param {string} folder
 */
function overrides(compiler, folder) {
  const isOldStyle = /"moduleResolution": "node(10)?"/.test(readFileSync(join(folder, 'tsconfig.json'), 'utf8'))
  return compiler === 'typescript-7.0' && isOldStyle ? ['--module', 'node16', '--moduleResolution', 'node16'] : []
}
