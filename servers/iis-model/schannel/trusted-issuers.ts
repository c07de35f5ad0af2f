/** The names of certification authorities in CertificateRequest: which, and what happens when they are too many. */
import type { SslCert } from '../http-sys/ssl-cert.ts'
import type { Machine } from '../machine/machine.ts'
import { isSameCertificate, isSelfIssued } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { callersStore, isSpoiled, trustList } from './trust.ts'

/** Each DistinguishedName has its length before it. RFC 5246 §7.4.4, RFC 8446 §4.2.4. */
const LENGTH_BYTES = 2

/** After limit and overflow; adds event 36885 when there are too many. Call it once for each start of a binding. */
export function trustedIssuers(machine: Machine, sslCert: SslCert): readonly Certificate[] {
  if (machine.registry.SendTrustedIssuerList === 0) return []
  const { limitBytes, overflow } = machine.profile.caList
  const issuers = onePerName(allIssuers(machine, sslCert))
  const fitting = thatFit(issuers, limitBytes)
  if (fitting.length === issuers.length) return issuers
  machine.events.add({
    id: 36885,
    message:
      `The list of trusted certification authorities is longer than ${limitBytes} bytes: ` +
      (overflow === 'truncate' ? `only the first ${fitting.length} are sent.` : 'none is sent.'),
  })
  return overflow === 'truncate' ? fitting : []
}

/** Sources of each row: the profiles' `caList`. */
function allIssuers(machine: Machine, sslCert: SslCert): readonly Certificate[] {
  const root = machine.stores.store('Root')
  const ctl = trustList(machine, sslCert)
  switch (machine.profile.caList.ctl) {
    case 'narrows':
      return ctl ? root.filter((issuer) => ctl.some((listed) => isSameCertificate(listed, issuer))) : root
    case 'ignored':
      return root
    case 'replaces':
      return ctl ?? root
    case 'names-a-store': {
      const own = callersStore(machine, sslCert)
      // The list of a spoiled store lacks the clients' roots [kb2802568]; that it has the other names is inferred.
      return own === root && isSpoiled(machine, own) ? own.filter((issuer) => !isSelfIssued(issuer)) : own
    }
  }
}

/** A name says nothing more when it is said twice (inferred). */
function onePerName(issuers: readonly Certificate[]): readonly Certificate[] {
  const said = new Set<string>()
  return issuers.filter(({ subjectDer }) => {
    const name = subjectDer.toString('latin1')
    return !said.has(name) && said.add(name)
  })
}

/** The first ones, as many as the limit has room for. */
function thatFit(issuers: readonly Certificate[], limitBytes: number): readonly Certificate[] {
  let lengthBytes = 0
  const tooMany = issuers.findIndex(({ subjectDer }) => {
    lengthBytes += LENGTH_BYTES + subjectDer.length
    return lengthBytes > limitBytes
  })
  return tooMany === -1 ? issuers : issuers.slice(0, tooMany)
}
