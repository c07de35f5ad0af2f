import { stripVTControlCharacters } from 'node:util'
import t, { type Test } from 'tap'
import type { RunStarted } from '../harness/model/event.ts'
import { openProgress } from './progress.ts'
import { sampleCell, sampleRun } from './testdata/sample.ts'

const started: RunStarted = { ...(sampleRun()[0] as RunStarted), plannedCells: 4 }

/** Timers and clock by hand: nothing here depends on real time. */
function byHand(t: Test) {
  const timers = new Map<number, () => void>()
  let next = 0
  const { setTimeout: realSet, clearTimeout: realClear } = globalThis
  const fakeSet = (callback: () => void) => {
    const id = next++
    timers.set(id, callback)
    const timer = { unref: () => timer, id }
    return timer
  }
  Object.assign(globalThis, {
    setTimeout: fakeSet,
    clearTimeout: ({ id }: { id: number }) => timers.delete(id),
  })
  t.teardown(() => Object.assign(globalThis, { setTimeout: realSet, clearTimeout: realClear }))
  return {
    pending: () => timers.size,
    fire() {
      const due = [...timers.values()]
      timers.clear()
      for (const callback of due) callback()
    },
  }
}

t.test('rewrites one line, and takes it away at the end', async (t) => {
  const timers = byHand(t)
  const written: string[] = []
  let nowMs = 1000
  const progress = openProgress(
    { write: (text) => written.push(text), columns: 80, colour: false },
    () => nowMs,
  )
  progress.event(started)
  progress.event(sampleCell())
  progress.event(sampleCell({ outcome: 'fail' }))
  t.strictSame(written, [], 'nothing before the timer')
  t.equal(timers.pending(), 1, 'many events, one redraw')
  nowMs += 5000
  timers.fire()
  t.strictSame(written.splice(0), ['\r\u001b[2K2/4 cells  1 pass  ✗ 1 fail  0:05  about 0:05 left'])
  progress.event(sampleCell())
  progress.close()
  t.strictSame(written, ['\r\u001b[2K'])
  t.equal(timers.pending(), 0)
  progress.event(sampleCell())
  progress.close()
  t.equal(timers.pending(), 0, 'after close nothing is drawn any more')
  t.equal(written.length, 1)
})

t.test('writes nothing at all when it never drew', async (t) => {
  const timers = byHand(t)
  const written: string[] = []
  const progress = openProgress({ write: (text) => written.push(text), columns: 80, colour: false })
  progress.event(started)
  progress.close()
  t.strictSame(written, [])
  t.equal(timers.pending(), 0)
})

t.test('stays inside the terminal at every width', async (t) => {
  const timers = byHand(t)
  for (let columns = 1; columns < 90; columns++) {
    let line = ''
    const progress = openProgress({ write: (text) => (line = text), columns, colour: true }, () => 0)
    progress.event(started)
    progress.event(sampleCell({ outcome: 'error' }))
    progress.event(sampleCell({ outcome: 'deviation' }))
    timers.fire()
    t.ok(stripVTControlCharacters(line).trim().length < columns, `${columns} columns`)
    progress.close()
  }
})
