/** The directory that a run writes to. A former run's files there are replaced, anybody else's are left alone. */
import { access, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'

export const RUN_LOG = 'run.ndjson'

/** @throws HarnessError ERR_OUTPUT when it cannot be made. */
export async function prepareOutput(directory: string): Promise<{ readonly runLog: string }> {
  const runLog = join(directory, RUN_LOG)
  try {
    await mkdir(directory, { recursive: true })
    const isOurs = await access(runLog).then(
      () => true,
      () => false,
    )
    // Evidence of a former run beside the log of this one would mislead.
    if (isOurs) await rm(join(directory, 'transcripts'), { recursive: true, force: true })
  } catch (cause) {
    throw new HarnessError('ERR_OUTPUT', `the output directory cannot be made: ${messageOf(cause)}`, {
      where: directory,
      hint: 'give a directory that can be written with --output',
      cause,
    })
  }
  return { runLog }
}
