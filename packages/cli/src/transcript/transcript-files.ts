import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CliUsageError } from '../errors.ts'
import { CliFileError } from './transcript-file.ts'

/**
 * The transcripts that were named: files as they are, of folders all that end with `.transcript` or `.chat`, in order of their
 * names. Paths stay as they were named.
 *
 * @throws CliUsageError `CLI_USAGE`: a folder without one. @throws CliFileError `CLI_FILE`: there is no such file.
 */
export async function transcriptFiles(names: readonly string[], cwd: string): Promise<string[]> {
  const files: string[] = []
  for (const name of names) {
    if (!(await isFolder(resolve(cwd, name)))) files.push(name)
    else files.push(...(await filesIn(name, cwd)))
  }
  return [...new Set(files)]
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (cause) {
    throw new CliFileError(`${path} cannot be read (${(cause as NodeJS.ErrnoException).code}); correct the path.`, {
      cause,
    })
  }
}

async function filesIn(folder: string, cwd: string): Promise<string[]> {
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true, recursive: true })
  const files = entries
    .filter(
      (entry) =>
        entry.isFile() && /\.(transcript|chat)$/i.test(entry.name) && !/[\\/]node_modules/.test(entry.parentPath),
    )
    .map(({ parentPath, name }) => join(folder, parentPath.slice(resolve(cwd, folder).length), name))
  if (files.length === 0) throw new CliUsageError(`There is no .transcript or .chat file in ${folder}.`)
  return files.toSorted()
}
