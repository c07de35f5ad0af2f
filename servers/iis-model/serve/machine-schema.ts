/**
 * What a machine file may say, in the words of netsh, of the registry and of the certificate stores. The text beside a
 * type is what was expected, for the refusal of anything else, which machine-file.ts words.
 */
import { z } from 'zod'
import { precedence, unusedFaults } from '../schannel/verdict.ts'
import type { Fault } from '../schannel/verdict.ts'

/** A mapping with these keys and no others. */
const keys = <S extends z.ZodRawShape>(shape: S) => {
  const known = Object.keys(shape).join(', ')
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `one of ${known}` : `a mapping with keys of ${known}`,
  })
}

const list = <T extends z.ZodType>(item: T, of: string) => z.array(item, { error: `a list of ${of}` })

const oneOf = <const V extends readonly (string | number)[]>(values: V) =>
  z.literal(values, { error: `one of ${values.join(', ')}` })

const number = (most: number) => {
  const error = `a whole number from 0 to ${most}`
  return z.int({ error }).min(0, { error }).max(most, { error })
}

const flag = z.boolean({ error: 'true or false' })
const text = z.string({ error: 'a text (in quotes where it looks like a number)' })
const name = text.min(1, { error: 'a text that is not empty' })
const count = number(2 ** 31 - 1)

const logonMethods = ['Interactive', 'Batch', 'Network', 'ClearText'] as const
const states = [
  'enabled',
  'disabled',
  'locked-out',
  'expired',
  'password-expired',
  'password-must-change',
] as const

/** Every fault that a verdict can be about, in the words of schannel/verdict.ts. */
export const faultsByName: ReadonlyMap<string, Fault> = new Map(
  [...precedence, ...Object.values(unusedFaults)].map((fault) => [fault.name, fault]),
)
const faultNames = [...faultsByName.keys()]

/** `netsh http show sslcert` shows these. */
const sslcert = keys({
  clientcertnegotiation: flag,
  verifyclientcertrevocation: flag,
  verifyrevocationwithcachedclientcertonly: flag,
  usagecheck: flag,
  revocationfreshnesstime: count,
  urlretrievaltimeout: count,
  sslctlidentifier: z.nullable(text),
  sslctlstorename: z.nullable(text),
  dsmapperusage: flag,
})

/** HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL. */
const schannel = keys({
  SendTrustedIssuerList: oneOf([0, 1]),
  ClientAuthTrustMode: oneOf([0, 1, 2]),
  CertificateMappingMethods: number(0x1f),
})

const account = keys({
  name,
  password: text,
  state: oneOf(states).default('enabled'),
  logonRights: list(oneOf(logonMethods), 'logon methods').default([...logonMethods]),
})

const user = keys({
  account: name,
  userPrincipalName: text.default(''),
  objectSid: text.default(''),
  altSecurityIdentities: list(text, 'texts').default([]),
})

const directory = keys({
  /** Names of certificates, as in `stores`. */
  ntAuth: list(name, 'certificates').default(['root-a']),
  strongCertificateBindingEnforcement: oneOf([0, 1, 2]).default(2),
  users: list(user, 'users').default([]),
})

/** One of our identities in the place of a certificate whose key nobody here has. */
const play = keys({
  identity: name,
  /** The position among the one-to-one mappings of the site, from 1. */
  mapping: z.int({ error: 'a whole number from 1' }).min(1, { error: 'a whole number from 1' }),
})

export const machineSchema = keys({
  sslcert: sslcert.partial().default({}),
  schannel: schannel.partial().default({}),
  /** By store: authorities of the PKI folder (root-a, intermediate-a, ...) or files, PEM or DER, beside this file. */
  stores: z
    .record(z.string(), list(name, 'certificates'), { error: 'a mapping with stores as keys' })
    .default({}),
  /** Certificate trust lists by their friendly name, which `sslctlidentifier` refers to before IIS 8. */
  trustLists: z
    .record(z.string(), list(name, 'certificates'), { error: 'a mapping with names of CTLs as keys' })
    .default({}),
  accounts: list(account, 'accounts').nullable().default(null),
  /** The clear text of `[enc:...]` passwords, by user name. */
  passwords: z.record(z.string(), text, { error: 'a mapping with user names as keys' }).default({}),
  plays: list(play, 'plays').default([]),
  directory: directory.nullable().default(null),
  /** Users whom NTFS denies. */
  deniedByAcl: list(name, 'users').default([]),
  /** Which fault of a certificate wins: the first that is there. One that is not named is not looked at. */
  faults: list(oneOf(faultNames), 'faults').nullable().default(null),
})

export type MachineFile = z.infer<typeof machineSchema>
