/**
 * Judges the certificates that a client sent, for one binding: chain, revocation, verdict, and the user of Active
 * Directory. The handshake has succeeded by then, whatever the verdict [schan-auth].
 */
import type { X509Certificate } from 'node:crypto'
import { certificateCodes, S_OK } from '../codes.ts'
import type { SslCert } from '../http-sys/ssl-cert.ts'
import type { Machine } from '../machine/machine.ts'
import { mapToDirectory } from '../mapping/active-directory.ts'
import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { buildChain } from './chain.ts'
import type { Chain } from './chain.ts'
import type { ClientCertificate } from './client-certificate-context.ts'
import type { RevocationChecker } from './revocation-checker.ts'
import { trustOf } from './trust.ts'
import type { Trust } from './trust.ts'
import { precedence, verdictOf } from './verdict.ts'
import type { Fault } from './verdict.ts'

export interface JudgeOptions {
  readonly machine: Machine
  readonly sslCert: SslCert
  readonly revocation: RevocationChecker
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Which fault wins, where it is not what the machine says. */
  readonly faults?: readonly Fault[]
}

export class ClientCertificateJudge {
  readonly #options: JudgeOptions
  readonly #trust: Trust

  constructor(options: JudgeOptions) {
    this.#options = options
    this.#trust = trustOf(options.machine, options.sslCert)
  }

  /** Never throws. @param sent The Certificate message in its order, end entity first; not empty. */
  async judge(sent: readonly X509Certificate[]): Promise<ClientCertificate> {
    try {
      const [endEntity, ...others] = sent.map(parseCertificate)
      return endEntity ? await this.#judge([endEntity, ...others]) : malformed
    } catch {
      // OpenSSL took it in the handshake, and nobody here can make sense of it.
      return malformed
    }
  }

  async #judge(sent: readonly [Certificate, ...Certificate[]]): Promise<ClientCertificate> {
    const { machine, sslCert, revocation, now, faults = machine.faults ?? precedence } = this.#options
    const circumstances = { nowMs: now(), usagecheck: sslCert.usagecheck, revocation: 'good' } as const
    const isGood = (chain: Chain) => verdictOf(chain, circumstances, faults) === S_OK
    const chain = buildChain(sent, this.#trust, isGood)
    const status = await revocation.check(chain, sslCert)
    const verdict = verdictOf(chain, { ...circumstances, revocation: status }, faults)
    return {
      certificate: sent[0],
      chain: chain.elements,
      verdict,
      directoryUser: verdict === S_OK ? this.#directoryUser(sent[0], chain) : null,
    }
  }

  /** A certificate that is not valid is mapped to nobody (inferred: IIS refuses it before it asks for a user). */
  #directoryUser(certificate: Certificate, { elements }: Chain): string | null {
    const { machine, sslCert } = this.#options
    return sslCert.dsmapperusage ? mapToDirectory(certificate, elements, machine) : null
  }
}

const malformed: ClientCertificate = {
  certificate: null,
  chain: [],
  verdict: certificateCodes.CERT_E_MALFORMED.hresult,
  directoryUser: null,
}
