import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('..', import.meta.url))

/** @typedef {{ status: number | null, stdout: string, lines: string[] }} ToolResult */

/**
 * Runs a JavaScript file of an installed package and collects what it prints.
 *
 * @param {string} file - Relative to the repository's node_modules, e.g. `publint/src/cli.js`.
 * @param {string[]} toolArguments
 * @param {string} folder - Working directory.
 * @returns {Promise<ToolResult>} `lines`: everything printed, without empty lines.
 */
export function runTool(file, toolArguments, folder) {
  return runNode([join(repository, 'node_modules', file), ...toolArguments], folder)
}

/**
 * @param {string[]} nodeArguments
 * @param {string} folder - Working directory.
 * @returns {Promise<ToolResult>}
 */
export function runNode(nodeArguments, folder) {
  return collect(process.execPath, nodeArguments, folder)
}

/**
 * @param {string[]} npmArguments
 * @param {string} folder - Working directory.
 * @returns {Promise<ToolResult>}
 */
export function runNpm(npmArguments, folder) {
  return collect('npm', npmArguments, folder)
}

/**
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {string} folder
 * @returns {Promise<ToolResult>}
 */
function collect(command, commandArguments, folder) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      cwd: folder,
      env: { ...process.env, PATH: toolPath(), NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    })
    let stdout = ''
    let all = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
      all += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => (all += text))
    child.on('error', reject)
    child.on('close', (status) => {
      resolve({ status, stdout, lines: all.split('\n').filter((line) => line.trim() !== '') })
    })
  })
}

/** oxlint looks for the type-aware half of itself on the PATH; npm puts it there, and `node scripts/check.mjs` does not. */
function toolPath() {
  return [join(repository, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
}
