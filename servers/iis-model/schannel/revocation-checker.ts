/**
 * Asks the issuers' lists whether a chain is revoked, with a cache as CryptoAPI has one for the whole computer.
 * OCSP is not played: a certificate that names a responder only is one with nowhere to ask.
 */
import type { SslCert } from '../http-sys/ssl-cert.ts'
import { issuersMayIssue } from './basic-constraints.ts'
import type { Certificate } from './certificate.ts'
import type { Chain } from './chain.ts'
import { downloadCrl, isDownloadable } from './crl-download.ts'
import { parseCrl } from './crl.ts'
import type { Crl } from './crl.ts'
import { worstOf } from './revocation-status.ts'
import type { RevocationStatus } from './revocation-status.ts'

export interface RevocationOptions {
  /** Epoch milliseconds; the clock of this computer when absent. */
  readonly now?: () => number
  /** What the cache holds before the first request: DER or PEM by URL. */
  readonly initially?: ReadonlyMap<string, Uint8Array>
}

/** The values of a binding that revocation depends on. */
export type RevocationSettings = Pick<
  SslCert,
  | 'verifyclientcertrevocation'
  | 'verifyrevocationwithcachedclientcertonly'
  | 'revocationfreshnesstime'
  | 'urlretrievaltimeout'
>

/** CAPI's own [kb884115]. */
const DEFAULT_TIMEOUT_MS = 15_000
/** For this long a failed download is not tried again. CAPI tries again by itself, in the background [kb884115]. */
const RETRY_AFTER_MS = 1_000
/** Bounds one certificate's work: a certificate can name any number of places. */
const MAX_DISTRIBUTION_POINTS = 4
/** Bound the cache: the oldest entries go first. */
const MAX_CACHED_BYTES = 64 * 1024 * 1024
const MAX_CACHED_URLS = 1_000

interface CacheEntry {
  /** null: nothing was ever had from there. */
  readonly crl: Crl | null
  /** When the list came. */
  readonly fetchedAt: number
  /** When it was last asked for. */
  readonly attemptedAt: number
}

export class RevocationChecker implements Disposable {
  readonly #now: () => number
  readonly #cache = new Map<string, CacheEntry>()
  readonly #downloads = new Map<string, Promise<void>>()
  readonly #running = new Set<AbortController>()
  #disposed = false

  constructor({ now = Date.now, initially = new Map() }: RevocationOptions = {}) {
    this.#now = now
    for (const [url, bytes] of initially) {
      const crl = parsedOrNull(Buffer.from(bytes))
      this.#cache.set(url, { crl, fetchedAt: crl?.thisUpdate ?? -Infinity, attemptedAt: -Infinity })
    }
  }

  /**
   * Of each certificate but the last, which is the root [q294305]. The places to ask come from certificates, so only
   * a chain that CAs vouch for is asked about: it ends in a trusted root, its signatures hold, and nobody has issued
   * who may not. Others are good here, and have another fault (inferred). A CA that ends a chain of ClientAuthTrustMode 2
   * is not asked about either (inferred).
   */
  async check(chain: Chain, settings: RevocationSettings): Promise<RevocationStatus> {
    if (!settings.verifyclientcertrevocation || !isVouchedFor(chain)) return 'good'
    const { elements } = chain
    const issuers = elements.slice(1)
    return worstOf(
      await Promise.all(
        issuers.map((issuer, index) => this.#statusOf(elements[index] ?? issuer, issuer, settings)),
      ),
    )
  }

  /** Ends downloads: whoever waits for one gets `offline`. */
  [Symbol.dispose](): void {
    this.#disposed = true
    for (const controller of this.#running) controller.abort()
  }

  async #statusOf(
    certificate: Certificate,
    issuer: Certificate,
    settings: RevocationSettings,
  ): Promise<RevocationStatus> {
    const urls = certificate.crlDistributionPoints
    if (urls.length === 0) return 'nowhere-to-ask'
    for (const url of urls.filter(isDownloadable).slice(0, MAX_DISTRIBUTION_POINTS)) {
      const crl = await this.#listAt(url, issuer, settings)
      if (crl) return crl.has(certificate) ? 'revoked' : 'good'
    }
    return 'offline'
  }

  /** null: there is no list there that this issuer answers for today. */
  async #listAt(url: string, issuer: Certificate, settings: RevocationSettings): Promise<Crl | null> {
    if (!settings.verifyrevocationwithcachedclientcertonly && this.#isDue(url, issuer, settings)) {
      await this.#download(url, settings.urlretrievaltimeout || DEFAULT_TIMEOUT_MS)
    }
    return this.#usable(url, issuer)
  }

  #usable(url: string, issuer: Certificate): Crl | null {
    const crl = this.#cache.get(url)?.crl
    return crl &&
      isCurrent(crl, this.#now()) &&
      crl.issuerDer.equals(issuer.subjectDer) &&
      crl.isSignedBy(issuer)
      ? crl
      : null
  }

  /**
   * Without a freshness time a list is fetched again when it has expired [sslparam]. With one, a list that is still
   * in its time keeps counting when nothing newer can be had (inferred).
   */
  #isDue(url: string, issuer: Certificate, { revocationfreshnesstime }: RevocationSettings): boolean {
    const entry = this.#cache.get(url)
    const now = this.#now()
    if (!entry) return true
    if (now - entry.attemptedAt < RETRY_AFTER_MS) return false
    if (!this.#usable(url, issuer)) return true
    return revocationfreshnesstime > 0 && now - entry.fetchedAt >= revocationfreshnesstime * 1000
  }

  /** Requests for one URL at one time share a download, and its timeout. */
  #download(url: string, timeoutMs: number): Promise<void> {
    const running = this.#downloads.get(url)
    if (running) return running
    const download = this.#fetch(url, timeoutMs).finally(() => this.#downloads.delete(url))
    this.#downloads.set(url, download)
    return download
  }

  async #fetch(url: string, timeoutMs: number): Promise<void> {
    const { crl: known = null, fetchedAt = -Infinity } = this.#cache.get(url) ?? {}
    const crl = await this.#crlFrom(url, timeoutMs)
    const now = this.#now()
    this.#remember(
      url,
      crl ? { crl, fetchedAt: now, attemptedAt: now } : { crl: known, fetchedAt, attemptedAt: now },
    )
  }

  async #crlFrom(url: string, timeoutMs: number): Promise<Crl | null> {
    if (this.#disposed) return null
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), timeoutMs).unref()
    this.#running.add(controller)
    try {
      return parseCrl(await downloadCrl(url, controller.signal))
    } catch {
      // Nobody there, too slow, too long, or no list: all the same to the verdict.
      return null
    } finally {
      clearTimeout(timer)
      this.#running.delete(controller)
    }
  }

  #remember(url: string, entry: CacheEntry): void {
    this.#cache.delete(url)
    this.#cache.set(url, entry)
    let cachedBytes = 0
    for (const { crl } of this.#cache.values()) cachedBytes += crl?.sizeBytes ?? 0
    for (const [oldest, { crl }] of this.#cache) {
      if (cachedBytes <= MAX_CACHED_BYTES && this.#cache.size <= MAX_CACHED_URLS) return
      if (oldest === url) return
      this.#cache.delete(oldest)
      cachedBytes -= crl?.sizeBytes ?? 0
    }
  }
}

const isVouchedFor = (chain: Chain): boolean =>
  chain.end === 'trusted-root' && chain.signaturesHold && issuersMayIssue(chain)

function parsedOrNull(bytes: Buffer): Crl | null {
  try {
    return parseCrl(bytes)
  } catch {
    return null
  }
}

/** A list without nextUpdate does not run out (inferred). */
const isCurrent = ({ thisUpdate, nextUpdate }: Crl, now: number): boolean =>
  thisUpdate <= now && (nextUpdate === null || now <= nextUpdate)
