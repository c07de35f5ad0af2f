/** Certificates that this process holds itself: parsed once, because many sites of one start have the same in their stores. */
import { X509Certificate } from 'node:crypto'
import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'

/** By the very array, for as long as somebody holds it. What a client sends is not kept here. */
const parsed = new WeakMap<Uint8Array, Certificate>()

/** @throws what parseCertificate and node:crypto throw. @param der Not to be written to. */
export function storedCertificate(der: Uint8Array): Certificate {
  const known = parsed.get(der)
  if (known) return known
  const certificate = parseCertificate(new X509Certificate(der))
  parsed.set(der, certificate)
  return certificate
}
