/**
 * The Windows generations that the model plays, and everything in which they differ. A profile is a row of data:
 * no other file asks for a profile by its name. Sources: README.md.
 */
import type { TlsVersion } from '../../harness/model/tls.ts'
import { cipherSuites } from './schannel/cipher-suites.ts'

export interface IisProfile {
  readonly name: string
  /** Other names of the same profile. */
  readonly aliases: readonly string[]
  readonly title: string
  readonly version: string
  /** The `Server` response header. */
  readonly serverHeader: string
  /** The `#Software` line of the W3C log. */
  readonly software: string
  /** The harness knows 1.2 and 1.3 only: a Windows that speaks TLS 1.0 by default, until 2008 R2, is played with 1.2. */
  readonly tls: readonly TlsVersion[]
  /** In Schannel's order, in OpenSSL's spelling. */
  readonly cipherSuites: readonly string[]
  /** A late request that TLS 1.3 cannot make, because the client has no post-handshake authentication. */
  readonly withoutPostHandshakeAuth: 'reset' | 'not-supported' | null
  readonly http2: boolean
  readonly sendTrustedIssuerList: 0 | 1
  readonly caList: CaListRules
  /** One certificate in LocalMachine\Root that is not self-signed makes every client certificate untrusted [kb2802568]. */
  readonly spoiledByNonSelfSignedRoot: boolean
  /** The family of reason texts, error pages and log fields. */
  readonly generation: 5 | 6 | 7
  readonly logFields: 'iis-5' | 'iis-6' | 'iis-7' | 'iis-8'
}

export interface CaListRules {
  /** What a CTL of the binding does to the list. */
  readonly ctl: 'narrows' | 'ignored' | 'replaces' | 'names-a-store'
  /** Bytes of the encoded list. */
  readonly limitBytes: number
  readonly overflow: 'truncate' | 'send-none'
}

const modern = { ctl: 'names-a-store', limitBytes: 16_384, overflow: 'send-none' } as const

const iis10 = {
  serverHeader: 'Microsoft-IIS/10.0',
  software: 'Microsoft Internet Information Services 10.0',
  http2: true,
  sendTrustedIssuerList: 0,
  caList: modern,
  spoiledByNonSelfSignedRoot: true,
  generation: 7,
  logFields: 'iis-8',
} as const

export const profiles = [
  {
    ...iis10,
    name: 'iis-10',
    aliases: ['iis-10-2022'],
    title: 'IIS 10 on Windows Server 2022 (model)',
    version: '10.0 (Windows Server 2022 model)',
    tls: ['1.2', '1.3'],
    cipherSuites: cipherSuites['server-2022'],
    withoutPostHandshakeAuth: 'reset',
  },
  {
    ...iis10,
    name: 'iis-10-2025',
    aliases: [],
    title: 'IIS 10 on Windows Server 2025 (model)',
    version: '10.0 (Windows Server 2025 model)',
    tls: ['1.2', '1.3'],
    cipherSuites: cipherSuites['server-2022'],
    withoutPostHandshakeAuth: 'not-supported',
  },
  {
    ...iis10,
    name: 'iis-10-2019',
    aliases: [],
    title: 'IIS 10 on Windows Server 2019 (model)',
    version: '10.0 (Windows Server 2019 model)',
    tls: ['1.2'],
    cipherSuites: cipherSuites['server-2019'],
    withoutPostHandshakeAuth: null,
  },
  {
    name: 'iis-8.5',
    aliases: [],
    title: 'IIS 8.5 on Windows Server 2012 R2 (model)',
    version: '8.5 (Windows Server 2012 R2 model)',
    serverHeader: 'Microsoft-IIS/8.5',
    software: 'Microsoft Internet Information Services 8.5',
    tls: ['1.2'],
    cipherSuites: cipherSuites['server-2012-r2'],
    withoutPostHandshakeAuth: null,
    http2: false,
    sendTrustedIssuerList: 0,
    caList: modern,
    spoiledByNonSelfSignedRoot: true,
    generation: 7,
    logFields: 'iis-8',
  },
  {
    name: 'iis-7.5',
    aliases: [],
    title: 'IIS 7.5 on Windows Server 2008 R2 (model)',
    version: '7.5 (Windows Server 2008 R2 model)',
    serverHeader: 'Microsoft-IIS/7.5',
    software: 'Microsoft Internet Information Services 7.5',
    // It is there, and off until the registry turns it on.
    tls: ['1.2'],
    cipherSuites: cipherSuites['server-2012-r2'],
    withoutPostHandshakeAuth: null,
    http2: false,
    sendTrustedIssuerList: 1,
    caList: { ctl: 'replaces', limitBytes: 16_384, overflow: 'truncate' },
    spoiledByNonSelfSignedRoot: false,
    generation: 7,
    logFields: 'iis-7',
  },
  {
    name: 'iis-6',
    aliases: [],
    title: 'IIS 6 on Windows Server 2003 (model)',
    version: '6.0 (Windows Server 2003 model)',
    serverHeader: 'Microsoft-IIS/6.0',
    software: 'Microsoft Internet Information Services 6.0',
    tls: ['1.2'],
    cipherSuites: cipherSuites['server-2012-r2'],
    withoutPostHandshakeAuth: null,
    http2: false,
    sendTrustedIssuerList: 1,
    // 0x3000; the KB prints 12,228 [kb933430]. 16 KB with the hotfix.
    caList: { ctl: 'ignored', limitBytes: 12_288, overflow: 'truncate' },
    spoiledByNonSelfSignedRoot: false,
    generation: 6,
    logFields: 'iis-6',
  },
  {
    name: 'iis-5',
    aliases: [],
    title: 'IIS 5 on Windows 2000 (model)',
    version: '5.0 (Windows 2000 model)',
    serverHeader: 'Microsoft-IIS/5.0',
    software: 'Microsoft Internet Information Services 5.0',
    tls: ['1.2'],
    cipherSuites: cipherSuites['server-2012-r2'],
    withoutPostHandshakeAuth: null,
    http2: false,
    sendTrustedIssuerList: 1,
    caList: { ctl: 'narrows', limitBytes: 12_288, overflow: 'truncate' },
    spoiledByNonSelfSignedRoot: false,
    generation: 5,
    logFields: 'iis-5',
  },
] as const satisfies readonly IisProfile[]

export type ProfileName = (typeof profiles)[number]['name']
