/** `--baseline` and `--update-baseline`: reads the file before the run and writes it after, if the run is worth it. */
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HarnessError } from '../model/errors.ts'
import type { CellFinished, RunEvent } from '../model/event.ts'
import { judgeByBaseline, updatedBaseline, vanishedCells, type Baseline } from '../runner/baseline.ts'
import { readBaseline, writeBaseline } from '../runner/baseline-file.ts'
import { selects } from '../runner/plan.ts'
import type { RunFlags } from './run.ts'
import type { SelectedCells } from './selection.ts'

const DEFAULT_FILE = 'countersign-baseline.json'

export interface OpenBaseline {
  /** The verdict on one event by the baseline; without one, or while it is being updated, the event as it is. */
  readonly judge: (event: RunEvent) => RunEvent
  /** What stands in the file but exists no more, as failed cells of this run. */
  readonly vanished: readonly CellFinished[]
  /** Writes what was measured, if that was asked for; gives the reason when a cell's error forbids it. */
  update(cells: readonly CellFinished[]): Promise<string | null>
}

const none: OpenBaseline = { judge: (event) => event, vanished: [], update: async () => null }

/** @throws HarnessError ERR_BASELINE when a file is needed and missing, or is there and is no baseline. */
export async function openBaseline(flags: RunFlags, selected: SelectedCells): Promise<OpenBaseline> {
  if (flags.updateBaseline !== true) {
    if (flags.baseline === undefined) return none
    const baseline = await readBaseline(flags.baseline)
    return {
      ...none,
      judge: (event) => (event.type === 'cell' ? judgeByBaseline(baseline, event) : event),
      vanished: vanishedFrom(baseline, selected),
    }
  }
  const path = flags.baseline ?? DEFAULT_FILE
  const baseline = await existingBaseline(path)
  return {
    ...none,
    async update(cells) {
      const errors = cells.filter(({ outcome }) => outcome === 'error').length
      if (errors > 0) return `the baseline ${path} was not written: ${errors} of its cells ended in error`
      await writeBaseline(path, updatedBaseline(baseline, cells, vanishedFrom(baseline, selected)))
      return null
    },
  }
}

/**
 * Nobody knows the identity of a cell that does not exist, so with --identity none is missed. One shard speaks for
 * all: otherwise each would report the same cell, or none.
 */
function vanishedFrom(baseline: Baseline, { selection, existing }: SelectedCells): readonly CellFinished[] {
  if (selection.identities !== null || (selection.shard?.index ?? 1) !== 1) return []
  return vanishedCells(baseline, existing, selects(selection))
}

async function existingBaseline(path: string): Promise<Baseline> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  if (isThere) return await readBaseline(path)
  const folder = await stat(dirname(path)).catch(() => null)
  if (folder?.isDirectory() === true) return new Map()
  throw new HarnessError('ERR_BASELINE', 'the baseline could not be written: there is no such folder', {
    where: path,
    hint: 'make the folder, or give another file with --baseline',
  })
}
