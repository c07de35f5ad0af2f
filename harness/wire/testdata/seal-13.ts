/** Protects records for tests, as a TLS 1.3 peer with TLS_AES_128_GCM_SHA256 does. RFC 8446 §5.2. */
import { createCipheriv } from 'node:crypto'
import { trafficKeys } from '../key-schedule-13.ts'
import { xorNonce } from '../record-protection-aead.ts'
import { uint } from './encode.ts'

/** Gives one complete record after another under one traffic secret. */
export function sealer(trafficSecret: Uint8Array): (contentType: number, content: Uint8Array) => Buffer {
  const { key, iv } = trafficKeys('TLS_AES_128_GCM_SHA256', trafficSecret)
  let sequenceNumber = 0
  return (contentType, content) => {
    const inner = Buffer.concat([content, uint(1, contentType)])
    const header = Buffer.concat([uint(1, 23), uint(2, 0x0303), uint(2, inner.length + 16)])
    const cipher = createCipheriv('aes-128-gcm', key, xorNonce(iv, sequenceNumber++))
    cipher.setAAD(header)
    return Buffer.concat([header, cipher.update(inner), cipher.final(), cipher.getAuthTag()])
  }
}
