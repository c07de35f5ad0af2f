/**
 * What runs on this machine, for tests that see to it that nothing is left. Read from /proc, since small systems have
 * no ps; where there is no /proc, ps is asked.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { runProgram } from '../run-program.ts'

export interface Process {
  readonly pid: number
  readonly parent: number
  readonly name: string
  /** Z for a zombie, which has ended and waits for its parent. */
  readonly state: string
}

export async function processes(): Promise<readonly Process[]> {
  return existsSync('/proc/self/stat') ? fromProc() : await fromPs()
}

/** The children of a process that have not ended. */
export async function childrenOf(pid: number): Promise<readonly Process[]> {
  return (await processes()).filter(({ parent, state }) => parent === pid && !state.startsWith('Z'))
}

/** A zombie has ended: kill(pid, 0) would still find it where process 1 reaps nobody. */
export async function isRunning(pid: number): Promise<boolean> {
  return (await processes()).some((each) => each.pid === pid && !each.state.startsWith('Z'))
}

/** proc(5): `pid (name) state parent`; the name may hold spaces and parentheses. */
function fromProc(): readonly Process[] {
  return readdirSync('/proc').flatMap((entry) => {
    const stat = /^\d+$/.test(entry) ? readStat(entry) : ''
    const [, pid, name = '', state = '', parent] = /^(\d+) \((.*)\) (\S) (\d+)/s.exec(stat) ?? []
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), name, state }]
  })
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return '' // It ended while we looked.
  }
}

async function fromPs(): Promise<readonly Process[]> {
  const args = ['-A', '-o', 'pid=,ppid=,state=,comm=']
  const { stdout } = await runProgram({ command: 'ps', args, signal: AbortSignal.timeout(5000) })
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state = '', name = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined || name.endsWith('ps')
      ? []
      : [{ pid: Number(pid), parent: Number(parent), name, state }]
  })
}
