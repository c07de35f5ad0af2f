/** Recorded handshakes of three TLS stacks against their readable transcripts. UPDATE_GOLDEN=1 rewrites the transcripts. */
import { readdirSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { dissect } from './dissect.ts'
import { readRecording } from './testdata/transcripts/read-recording.ts'
import { transcriptText } from './transcript-text.ts'

const folder = new URL('testdata/transcripts/', import.meta.url)
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -'.txt'.length))

t.ok(names.length >= 12, 'the recordings are there')

for (const name of names) {
  t.test(name, async (t) => {
    const { segments, keyLog, head, transcript } = readRecording(name)
    const dissected = dissect(segments, keyLog)
    const text = transcriptText(dissected)
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(new URL(`${name}.txt`, folder), head + text)
    else t.equal(text, transcript)
    t.strictSame(dissected.problems, [], 'every byte was understood')
  })
}
