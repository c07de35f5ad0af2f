/**
 * What the client of a cell is given to present. Forced: the identity. As a browser: a first connection without a
 * certificate shows what the server asks for, as Chromium breaks off and connects again; then the identity, if it would
 * be offered, or nothing. The rules of the offer come from outside.
 */
import { HarnessError } from '../model/errors.ts'
import type { CertificateRequest } from '../model/handshake-message.ts'
import type { Identity } from '../model/identity.ts'
import { unreadableBecause } from './broken.ts'
import type { Connection } from './connection.ts'
import type { Cell } from './matrix.ts'
import { firstRequest } from './observe.ts'

/** What of a CertificateRequest decides. */
export interface OfferRequest {
  /** Encoded names, in the order sent. */
  readonly authorities: readonly Uint8Array[]
  /** IANA names. */
  readonly signatureSchemes: readonly string[]
}

/** Whether a browser would offer this identity. */
export type Offers = (
  identity: Identity,
  request: OfferRequest,
  nowMs: number,
) => { readonly offered: true } | { readonly offered: false; readonly because: string }

export interface Given {
  /** What is presented if the server asks. */
  readonly identity: Identity
  /** Why that is nothing although there is a certificate; null otherwise. */
  readonly notOffered: string | null
  /** Whether the first connection of a browser was asked for a certificate; null: there was none. */
  readonly askedFirst: boolean | null
}

const nothing: Identity = { name: 'nothing', title: 'nothing', chain: [], chainPem: '', keyPem: null }

/** @param connect makes a connection with an identity. @throws HarnessError ERR_FIRST_CONNECTION */
export async function givenTo(
  { selection, namedScenario: { withheld } }: Pick<Cell, 'selection' | 'namedScenario'>,
  identity: Identity,
  offers: Offers,
  connect: (identity: Identity) => Promise<Connection>,
): Promise<Given> {
  if (selection === 'forced' || identity.chain.length === 0)
    return { identity, notOffered: null, askedFirst: null }
  const first = await connect(nothing)
  const unreadable = unreadableBecause(first)
  if (unreadable !== null) {
    throw new HarnessError(
      'ERR_FIRST_CONNECTION',
      `the connection without a certificate, which a browser makes first: ${unreadable}`,
    )
  }
  const request = firstRequest(first.transcript)
  // Nobody asks, so there is nothing to choose.
  if (request === null) return { identity: nothing, notOffered: 'not-requested', askedFirst: false }
  const because = withheld ?? refusalToOffer(offers(identity, offerRequest(request), Date.now()))
  return { identity: because === null ? identity : nothing, notOffered: because, askedFirst: true }
}

function refusalToOffer(offer: ReturnType<Offers>): string | null {
  return offer.offered ? null : offer.because
}

function offerRequest({ certificateAuthorities, signatureSchemes }: CertificateRequest): OfferRequest {
  return { authorities: certificateAuthorities.map(({ der }) => der), signatureSchemes }
}
