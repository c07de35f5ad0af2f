/** Finds programs of this machine and asks them for their version. Does not run servers. */
import { access, constants, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { runProgram } from './run-program.ts'

/** Servers live here on Debian, where an ordinary user's PATH does not look. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin'] as const
const VERSION_TIMEOUT_MS = 5000

/** The path of a program, or null. A name with a slash is looked up as it stands. */
export async function findProgram(name: string): Promise<string | null> {
  if (name.includes('/')) return (await isProgram(name)) ? name : null
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const folder of [...folders, ...SYSTEM_FOLDERS]) {
    const path = join(folder, name)
    if (await isProgram(path)) return path
  }
  return null
}

/** What a program prints on stdout and stderr together, e.g. for `nginx -V`, which uses stderr. */
export async function programOutput(path: string, args: readonly string[]): Promise<string> {
  const signal = AbortSignal.timeout(VERSION_TIMEOUT_MS)
  const { stdout, stderr } = await runProgram({ command: path, args, signal })
  return `${stdout}${stderr}`.trim()
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
