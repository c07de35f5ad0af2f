/** What dissect makes of connections that are cut at every byte, changed at random, or random altogether: never an exception. */
import t from 'tap'
import type { Segment } from '../model/capture.ts'
import type { Peer } from '../model/tls.ts'
import type { Transcript } from '../model/transcript.ts'
import { dissect } from './dissect.ts'
import { readRecording } from './testdata/transcripts/read-recording.ts'

const recordings = {
  tls13: readRecording('openssl-tls13-refused-unknown-ca'),
  tls12: readRecording('openssl-tls12-cbc'),
  renegotiation: readRecording('openssl-tls12-renegotiation'),
}

const names = ({ entries }: Transcript): readonly string[] =>
  entries.map(
    ({ from, content }) => `${from} ${content.kind === 'handshake' ? content.message.type : content.kind}`,
  )

const codes = ({ problems }: Transcript): readonly string[] => problems.map(({ code }) => code)

/** The first bytes of a connection, both flows counted together. */
function cut(segments: readonly Segment[], lengthBytes: number): readonly Segment[] {
  let left = lengthBytes
  return segments.map(({ from, bytes }) => {
    const kept = bytes.subarray(0, left)
    left -= kept.length
    return { from, bytes: kept }
  })
}

const totalBytes = (segments: readonly Segment[]) =>
  segments.reduce((sum, { bytes }) => sum + bytes.length, 0)

for (const [name, { segments, keyLog }] of Object.entries(recordings)) {
  t.test(`${name} cut short at every length gives a clean partial transcript`, async (t) => {
    const whole = names(dissect(segments, keyLog))
    for (let lengthBytes = 0; lengthBytes < totalBytes(segments); lengthBytes++) {
      const transcript = dissect(cut(segments, lengthBytes), keyLog)
      const seen = names(transcript)
      const rest = seen.filter((entry) => entry.endsWith('opaque'))
      const clean =
        codes(transcript).every((code) => code === 'ERR_TRUNCATED') &&
        codes(transcript).length === rest.length &&
        seen.slice(0, seen.length - rest.length).join() === whole.slice(0, seen.length - rest.length).join()
      if (!clean) t.fail(`cut at ${lengthBytes}`, { seen, problems: transcript.problems })
    }
  })
}

/** Marsaglia's xorshift32: the same bytes in every run. */
function* random(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    yield state >>> 0
  }
}

const peers: readonly Peer[] = ['client', 'server']

t.test('random bytes never throw', async (t) => {
  const numbers = random(1)
  const next = () => numbers.next().value
  for (let round = 0; round < 2000; round++) {
    const segments = Array.from({ length: next() % 4 }, () => {
      const bytes = Uint8Array.from({ length: next() % 200 }, () => next() % 256)
      // Half of them pass the first look at a record header.
      if (next() % 2 === 0) bytes.set([20 + (next() % 5), 3, 3, 0, next() % 100].slice(0, bytes.length))
      return { from: peers[next() % 2]!, bytes }
    })
    const { problems } = dissect(segments, '')
    if (problems.some(({ code }) => code === 'ERR_DISSECT')) t.fail(`round ${round}`, { problems })
  }
})

for (const [name, { segments, keyLog }] of Object.entries(recordings)) {
  t.test(`${name} with random changes never throws`, async (t) => {
    const numbers = random(2)
    const next = () => numbers.next().value
    for (let round = 0; round < 500; round++) {
      const changed = segments.map(({ from, bytes }) => {
        const copy = Buffer.from(bytes)
        for (let count = next() % 3; count > 0; count--) copy[next() % copy.length] = next() % 256
        return { from, bytes: copy }
      })
      const { problems } = dissect(changed, keyLog)
      if (problems.some(({ code }) => code === 'ERR_DISSECT')) t.fail(`round ${round}`, { problems })
    }
  })
}
