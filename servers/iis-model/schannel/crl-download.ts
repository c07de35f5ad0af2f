/**
 * Downloads a CRL as CryptoAPI does: a GET over plain HTTP, bounded in time and size, without redirects (inferred).
 * What the bytes are is crl.ts.
 */
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { HarnessError } from '../../../harness/model/errors.ts'

const MAX_CRL_BYTES = 16 * 1024 * 1024

/** Whether this is a URL that can be downloaded from here: not `ldap:`, not `file:`. */
export function isDownloadable(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'http:'
}

/** @throws HarnessError ERR_CRL, and what node:http throws when nobody answers or the signal is aborted. */
export async function downloadCrl(url: string, signal: AbortSignal): Promise<Buffer> {
  const response = await responseTo(url, signal)
  try {
    if (response.statusCode !== 200) throw unusable(`status ${response.statusCode ?? 'none'} instead of 200`)
    const parts: Buffer[] = []
    let lengthBytes = 0
    for await (const part of response as AsyncIterable<Buffer>) {
      lengthBytes += part.length
      if (lengthBytes > MAX_CRL_BYTES) throw unusable(`more than ${MAX_CRL_BYTES} bytes`)
      parts.push(part)
    }
    return Buffer.concat(parts)
  } finally {
    response.destroy()
  }

  function unusable(seen: string): HarnessError {
    return new HarnessError('ERR_CRL', `no list: ${seen}`, { where: url })
  }
}

function responseTo(url: string, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { Accept: '*/*', 'User-Agent': 'Microsoft-CryptoAPI/10.0' }
    // No agent: a connection of its own, which ends with it.
    const request = get(url, { agent: false, headers, signal }, resolve)
    request.on('error', reject)
  })
}
