/** Hand-made values for the tests of the runner. Nothing here touches a socket; see trial.ts for real TLS. */
import type { Answer, Answers } from '../../model/answer.ts'
import type { Client, ClientReport } from '../../model/client.ts'
import type { CellFinished } from '../../model/event.ts'
import type { CertificateRequest, HandshakeMessage } from '../../model/handshake-message.ts'
import type { AuthorityName, Identity, IssuedCertificate, Pki } from '../../model/identity.ts'
import type { Observation } from '../../model/observation.ts'
import type { ClientCertificate, Policy } from '../../model/policy.ts'
import { refusalReasons } from '../../model/refusal.ts'
import type { NamedScenario } from '../../model/scenario.ts'
import type { PolicyUnderTest, ServerBackend } from '../../model/server.ts'
import type { Peer } from '../../model/tls.ts'
import type { Content, Transcript, TranscriptEntry } from '../../model/transcript.ts'
import type { Expectation } from '../expectation.ts'
import { matrix, type Cell } from '../matrix.ts'

const nothing = new Uint8Array()

export function answer(changes: Partial<Answer> = {}): Answer {
  return {
    ...{ verdict: 'refused', confidence: 'measured', source: 'a page' },
    ...{ alert: null, status: 400, substatus: null, win32: null, verify: null, user: null },
    ...changes,
  }
}

/** The same answer for every reason; identities without a fault get 200. */
export function answers(refused: Answer = answer()): Answers {
  const rows = Object.fromEntries(refusalReasons.map((reason) => [reason, refused]))
  return { ...rows, accepted: answer({ verdict: 'accepted', status: 200 }) } as Answers
}

export function policy(name: ClientCertificate, changes: Partial<Policy> = {}): Policy {
  return {
    ...{ name, clientCertificate: name, when: 'handshake', trust: ['root-a'], caNames: 'default' },
    ...changes,
  }
}

export function underTest(changes: Partial<PolicyUnderTest> = {}): PolicyUnderTest {
  return { policy: policy('require'), certificateAuthorities: ['root-a'], answers: answers(), ...changes }
}

export function server(changes: Partial<ServerBackend> = {}): ServerBackend {
  return {
    name: 'alpha',
    title: 'a server',
    backends: ['embedded'],
    features: new Set(['tls1.2', 'tls1.3']),
    tls: ['1.2', '1.3'],
    policies: [underTest()],
    probe: async () => ({ available: true, version: '1', tlsLibrary: null }),
    start: () => Promise.reject(new Error('this server is never started')),
    substatusOf: () => null,
    reasonsFor: () => [],
    ...changes,
  }
}

export function client(changes: Partial<Client> = {}): Client {
  return {
    name: 'first',
    title: 'a client',
    features: new Set(['tls1.2', 'tls1.3']),
    probe: async () => ({ available: true, version: '1', tlsLibrary: null }),
    open: () => Promise.reject(new Error('this client is never opened')),
    ...changes,
  }
}

export function scenario(id: string, changes: Partial<NamedScenario> = {}): NamedScenario {
  return {
    id,
    title: id,
    rfc: ['RFC 5280 §6'],
    server: {},
    identity: id,
    expect: { accepted: true },
    ...changes,
  }
}

/** The first cell of the matrix of one server, one client and one scenario: TLS 1.2. */
export function cell(changes: Partial<Cell> = {}): Cell {
  const [first] = matrix({
    servers: [server()],
    clients: [client()],
    scenarios: [scenario('expired', { expect: { refused: 'expired' } })],
  })
  if (first === undefined) throw new Error('the matrix has no cell')
  return { ...first, ...changes }
}

export function observation(changes: Partial<Observation> = {}): Observation {
  return {
    accepted: false,
    refusal: 'expired',
    handshake: {
      ...{ clientFinished: true, version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' },
      ...{ alert: null, closedBy: 'fin' },
    },
    certificateRequest: {
      ...{ when: 'handshake', certificateAuthorities: ['CN=root-a'] },
      ...{ signatureSchemes: [], certificateTypes: [] },
    },
    clientCertificate: { presented: true, chainLength: 1, withheldBecause: null },
    http: { status: 400, substatus: null, substatusFrom: null, reason: 'Bad Request' },
    http2Reset: null,
    serverLog: null,
    ...changes,
  }
}

interface ExpectationChanges extends Partial<Pick<Expectation, 'authorities' | 'presented'>> {
  readonly cell?: Partial<Expectation['cell']>
}

/** What observation() shows, so that each case changes one thing. */
export function expectation({ cell, ...changes }: ExpectationChanges = {}): Expectation {
  const { alert, status, substatus, win32, verify, user, source } = answer()
  return {
    cell: {
      ...{ accepted: false, refused: 'expired', certificateAuthorities: ['CN=root-a'] },
      ...{ alert, status, substatus, win32, verify, user, source },
      ...{ asked: 'handshake', closedBy: null, http2Reset: null, win32Confidence: null, note: null },
      ...cell,
    },
    answer: answer(),
    authorities: [Buffer.from('CN=root-a')],
    presented: true,
    withheldBecause: undefined,
    ...changes,
  }
}

export function result(changes: Partial<CellFinished> = {}): CellFinished {
  return {
    type: 'cell',
    ...{ index: 0, id: 'alpha/require/tls1.3/first/validity/expired', title: 'expired' },
    ...{ server: 'alpha', policy: 'require', tls: '1.3', client: 'first', selection: 'forced' },
    ...{ scenario: 'validity/expired', identity: 'expired', outcome: 'fail', reason: 'status' },
    ...{ confidence: 'measured', durationMs: 1, expected: null, observed: observation(), rfc: null },
    ...{ ladder: [], evidence: { transcript: null, pcapng: null } },
    ...changes,
  }
}

export function report(changes: Partial<ClientReport> = {}): ClientReport {
  return {
    ...{ segments: [], keyLog: '', closedBy: 'fin', http: null, error: null },
    ...{ alertReceived: null, clientPort: 4711, claims: null },
    ...changes,
  }
}

export function transcript(...entries: readonly TranscriptEntry[]): Transcript {
  return { entries, version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', problems: [] }
}

export function entry(from: Peer, content: Content): TranscriptEntry {
  return { from, encrypted: true, flowOffset: 0, content }
}

export function message(from: Peer, value: HandshakeMessage): TranscriptEntry {
  return entry(from, { kind: 'handshake', message: value })
}

export function alert(from: Peer, description: string, code: number): TranscriptEntry {
  return entry(from, { kind: 'alert', alert: { level: 'fatal', description, code } })
}

export function certificateRequest(...names: readonly string[]): CertificateRequest {
  return {
    type: 'certificate_request',
    raw: nothing,
    certificateRequestContext: nothing,
    certificateTypes: [],
    signatureSchemes: ['ed25519'],
    certificateAuthorities: names.map((text) => ({ der: Buffer.from(text), text })),
    extensions: [],
  }
}

export function certificate(chainLength: number): HandshakeMessage {
  const entries = Array.from({ length: chainLength }, () => ({ der: nothing, extensions: [] }))
  return { type: 'certificate', raw: nothing, certificateRequestContext: null, entries }
}

export const finished: HandshakeMessage = { type: 'finished', raw: nothing, verifyData: nothing }

/** Names without keys: authorities whose encoded name is their text, and one identity for each chain length. */
export function pki(identities: Readonly<Record<string, number>>): Pki {
  const authority = (name: AuthorityName) => ({
    ...{ name, certificate: issued(name), crlPem: '', staleCrlPem: '' },
  })
  return {
    authorities: {
      'root-a': authority('root-a'),
      'root-b': authority('root-b'),
      'root-c': authority('root-c'),
      'intermediate-a': authority('intermediate-a'),
      'expired-intermediate': authority('expired-intermediate'),
      'server-auth-intermediate': authority('server-auth-intermediate'),
      'non-ca-issuer': authority('non-ca-issuer'),
    },
    crowd: ['crowd-1', 'crowd-2', 'crowd-3'].map(issued),
    distributionPoint: 'http://127.0.0.1:1',
    server: identity('server', 1),
    identities: new Map(
      Object.entries(identities).map(([name, chainLength]) => [name, identity(name, chainLength)]),
    ),
  }
}

function identity(name: string, chainLength: number): Identity {
  const chain = Array.from({ length: chainLength }, () => issued(name))
  return { name, title: name, chain, chainPem: '', keyPem: null }
}

function issued(name: string): IssuedCertificate {
  const subject = `CN=${name}`
  return {
    ...{ der: nothing, pem: '', subjectDer: Buffer.from(subject), subject },
    ...{ issuer: subject, serialNumber: '01' },
  }
}
