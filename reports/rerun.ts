/** The command that runs one cell again, safe to paste into a POSIX shell. */
import { replaceInvisible } from './safe-text.ts'

export interface RerunCommand {
  readonly command: string
  readonly option: string
}

/** Characters that a glob reads as more than themselves. */
const globSyntax = /[\\*?[\](){}!]/g

/** An invisible character in a hostile name becomes `?`: the glob still finds the cell, and nothing raw is pasted. */
export function rerunCommand(id: string): RerunCommand {
  const glob = replaceInvisible(id.replace(globSyntax, String.raw`\$&`), () => '?')
  return { command: 'countersign run', option: `--grep '${glob.replaceAll("'", String.raw`'\''`)}'` }
}
