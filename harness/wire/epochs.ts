/**
 * What protects each direction now, and what changes it. RFC 8446 §7.1 and §4.6.3 (traffic secrets, KeyUpdate),
 * RFC 5246 §7.1 (ChangeCipherSpec). Follows the messages of one connection; opening records is record-protection.ts.
 * Without a secret an epoch is `locked`: it says why, and the flow goes on unread.
 */
import { messageOf } from '../model/errors.ts'
import type {
  ClientHello,
  HandshakeMessage,
  HelloRetryRequest,
  ServerHello,
} from '../model/handshake-message.ts'
import type { Peer } from '../model/tls.ts'
import { extensionData } from './extensions/extension-list.ts'
import type { KeyLog } from './key-log.ts'
import { nextTrafficSecret } from './key-schedule-13.ts'
import { TLS13 } from './messages/message-context.ts'
import { versionCode } from './protocol-versions.ts'
import { protectionFor13, protectionsFor12 } from './record-protection.ts'
import type { RecordProtection } from './record-protection.ts'

interface Keys {
  /** null: the records of this epoch stay opaque. */
  readonly protection: RecordProtection | null
  /** Why there is no protection; '' when there is. */
  readonly why: string
}

export type Epoch =
  | { readonly stage: 'plaintext'; readonly recordKind: 'plaintext' }
  | (Keys & { readonly stage: 'tls12'; readonly recordKind: 'tls12' })
  | (Keys & {
      readonly stage: 'handshake' | 'application'
      readonly recordKind: 'tls13'
      readonly trafficSecret: Uint8Array | null
      /** RFC 8446 §4.2.10: 0-RTT records under another key may come before the first record of this epoch. */
      readonly mayFollowEarlyData: boolean
    })

const plaintext: Epoch = { stage: 'plaintext', recordKind: 'plaintext' }

/** NSS key log labels by stage and side. */
const trafficSecretLabels = {
  handshake: { client: 'CLIENT_HANDSHAKE_TRAFFIC_SECRET', server: 'SERVER_HANDSHAKE_TRAFFIC_SECRET' },
  application: { client: 'CLIENT_TRAFFIC_SECRET_0', server: 'SERVER_TRAFFIC_SECRET_0' },
} as const

export class Epochs {
  readonly #keyLog: KeyLog
  readonly #current: Record<Peer, Epoch> = { client: plaintext, server: plaintext }
  /** TLS 1.2: agreed by a ServerHello, in force from each side's ChangeCipherSpec. */
  readonly #agreed: Record<Peer, Epoch | null> = { client: null, server: null }
  #clientHello: ClientHello | null = null
  #version: string | null = null
  #cipherSuite: string | null = null

  constructor(keyLog: KeyLog) {
    this.#keyLog = keyLog
  }

  get version(): string | null {
    return this.#version
  }

  get cipherSuite(): string | null {
    return this.#cipherSuite
  }

  of(peer: Peer): Epoch {
    return this.#current[peer]
  }

  message(from: Peer, message: HandshakeMessage): void {
    switch (message.type) {
      case 'client_hello':
        if (from === 'client' && !this.#isTls13Protected) this.#clientHello = message
        break
      case 'hello_retry_request':
      case 'server_hello':
        if (from === 'server' && !this.#isTls13Protected) this.#serverHello(message)
        break
      case 'finished':
        this.#finished(from)
        break
      case 'key_update':
        this.#keyUpdate(from)
        break
    }
  }

  /** RFC 8446 §D.4: in TLS 1.3 a ChangeCipherSpec changes nothing. @returns false when none was due. */
  changeCipherSpec(from: Peer): boolean {
    if (this.#version === null || this.#version === TLS13) return true
    const agreed = this.#agreed[from]
    if (agreed === null) return false
    this.#current[from] = agreed
    this.#agreed[from] = null
    return true
  }

  /** No 0-RTT record follows one under the handshake keys: the leave to skip what does not open ends. */
  endEarlyData(from: Peer): void {
    const epoch = this.#current[from]
    if (epoch.recordKind === 'tls13') this.#current[from] = { ...epoch, mayFollowEarlyData: false }
  }

  #serverHello(message: ServerHello | HelloRetryRequest): void {
    this.#version = message.selectedVersion
    this.#cipherSuite = message.cipherSuite
    if (message.type === 'hello_retry_request') return
    if (message.selectedVersion !== TLS13) {
      this.#agreeTls12(message)
      return
    }
    const { extensions = [] } = this.#clientHello ?? {}
    const mayFollowEarlyData = extensionData(extensions, 'early_data') !== null
    this.#current.server = this.#tls13Epoch('server', 'handshake')
    this.#current.client = { ...this.#tls13Epoch('client', 'handshake'), mayFollowEarlyData }
  }

  /** RFC 8446 §7.1. The Finished of a post-handshake authentication comes in the application stage: no change. */
  #finished(from: Peer): void {
    if (this.#current[from].stage === 'handshake') this.#current[from] = this.#tls13Epoch(from, 'application')
  }

  #keyUpdate(from: Peer): void {
    const epoch = this.#current[from]
    if (epoch.stage !== 'application' || epoch.trafficSecret === null || this.#cipherSuite === null) return
    const trafficSecret = nextTrafficSecret(this.#cipherSuite, epoch.trafficSecret)
    this.#current[from] = { ...epoch, trafficSecret, ...this.#tls13Keys(trafficSecret) }
  }

  /** TLS 1.3 has no renegotiation: a hello after its keys changes nothing. */
  get #isTls13Protected(): boolean {
    return this.#current.server.recordKind === 'tls13'
  }

  #tls13Epoch(peer: Peer, stage: 'handshake' | 'application'): Epoch & { readonly recordKind: 'tls13' } {
    const label = trafficSecretLabels[stage][peer]
    const random = this.#clientHello?.random
    const trafficSecret = random === undefined ? null : this.#keyLog.secret(label, random)
    const keys = trafficSecret === null ? locked(noSecret(label)) : this.#tls13Keys(trafficSecret)
    return { stage, recordKind: 'tls13', trafficSecret, mayFollowEarlyData: false, ...keys }
  }

  #tls13Keys(trafficSecret: Uint8Array): Keys {
    const suite = this.#cipherSuite ?? ''
    const keys = attempt(suite, () => protectionFor13(suite, trafficSecret))
    return 'why' in keys ? keys : unlocked(keys.derived)
  }

  #agreeTls12({ cipherSuite: suite, random: serverRandom, extensions, selectedVersion }: ServerHello): void {
    const clientRandom = this.#clientHello?.random
    const masterSecret =
      clientRandom === undefined ? null : this.#keyLog.secret('CLIENT_RANDOM', clientRandom)
    const version = versionCode(selectedVersion)
    const encryptThenMac = extensionData(extensions, 'encrypt_then_mac') !== null
    if (clientRandom === undefined || masterSecret === null || version === null) {
      const without = locked(noSecret('CLIENT_RANDOM'))
      this.#agreeOn(without, without)
      return
    }
    const agreed = { suite, masterSecret, clientRandom, serverRandom, version, encryptThenMac }
    const both = attempt(suite, () => protectionsFor12(agreed))
    if ('why' in both) this.#agreeOn(both, both)
    else this.#agreeOn(unlocked(both.derived.client), unlocked(both.derived.server))
  }

  #agreeOn(client: Keys, server: Keys): void {
    this.#agreed.client = { stage: 'tls12', recordKind: 'tls12', ...client }
    this.#agreed.server = { stage: 'tls12', recordKind: 'tls12', ...server }
  }
}

function noSecret(label: string): string {
  return `the key log has no ${label} line for this connection`
}

function locked(why: string): Keys {
  return { protection: null, why }
}

function unlocked(protection: RecordProtection): Keys {
  return { protection, why: '' }
}

/** A secret of the wrong length, or a suite that cannot be opened, locks the epoch and spares the rest. */
function attempt<Derived>(suite: string, derive: () => Derived | null): { readonly derived: Derived } | Keys {
  try {
    const derived = derive()
    return derived === null ? locked(`cipher suite ${suite} is not supported`) : { derived }
  } catch (thrown) {
    return locked(messageOf(thrown))
  }
}
