/**
 * Reads the recorded connections of this folder: complete records in the order sent, what the protected ones hold,
 * and the key log. Each file explains its own lines at its head.
 */
import { readFileSync } from 'node:fs'
import type { Peer } from '../../model/tls.ts'

export interface TracedRecord {
  readonly from: Peer
  /** The record with its header. */
  readonly bytes: Uint8Array
  /** What is inside the protection; null for a record that is not protected. */
  readonly plaintext: { readonly contentType: number; readonly content: Uint8Array } | null
}

export interface TracedKeys {
  readonly label: string
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

export interface Trace {
  readonly records: readonly TracedRecord[]
  /** The key log lines, as text. */
  readonly keyLog: string
  /** The keys that RFC 8448 gives for its traffic secrets. */
  readonly trafficKeys: readonly TracedKeys[]
}

/** @param name the file's name without `.txt` */
export function readTrace(name: string): Trace {
  const records: TracedRecord[] = []
  const keyLog: string[] = []
  const keys: TracedKeys[] = []
  for (const line of readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8').split('\n')) {
    const [word = '', first = '', second = '', third = ''] = line.split(' ')
    if (word === '' || word === '#') continue
    if (word === 'client' || word === 'server') {
      records.push({ from: word, bytes: Buffer.from(first, 'hex'), plaintext: null })
    } else if (word === 'plaintext') {
      const record = records.pop()
      if (record === undefined) throw new Error(`${name}: plaintext before the first record`)
      const plaintext = { contentType: Number(first), content: Buffer.from(second, 'hex') }
      records.push({ ...record, plaintext })
    } else if (word === 'traffic-key') {
      keys.push({ label: first, key: Buffer.from(second, 'hex'), iv: Buffer.from(third, 'hex') })
    } else {
      keyLog.push(line)
    }
  }
  return { records, keyLog: keyLog.join('\n'), trafficKeys: keys }
}
