/** Situations of `access@sslFlags`. Where nothing else is said, the binding does not ask and the request does. */
import { mappedCorrect, NOBODY } from './mapping-entries.ts'
import { refused, served } from './named.ts'
import type { NamedSituation } from './named.ts'
import { ACCEPT, early, REQUIRE } from './ssl-flags.ts'

export const flags = {
  'late-require': {
    title: 'Require, asked after the request',
    situation: { sslFlags: REQUIRE },
    correct: served(),
  },
  'late-request': {
    title: 'Accept, asked after the request',
    situation: { sslFlags: ACCEPT },
    correct: served(),
  },
  'late-require-short-timeout': {
    title: 'Require, asked after the request, connectionTimeout one second',
    situation: { sslFlags: REQUIRE, connectionTimeoutMs: 1000 },
    correct: served(),
  },
  'late-require-without-negotiate': {
    title: 'SslRequireCert without SslNegotiateCert',
    situation: { sslFlags: ['Ssl', 'SslRequireCert'] },
    correct: refused(403, 7),
  },
  'late-require-no-authentication': {
    title: 'Require, and no authentication is enabled',
    situation: { sslFlags: REQUIRE, anonymous: false },
    correct: NOBODY,
  },
  'none-mapped': {
    title: 'None, with a one-to-one mapping',
    situation: { sslFlags: ['None'], mapping: mappedCorrect },
    correct: served(),
  },
  'ssl-mapped': {
    title: 'Ssl, with a one-to-one mapping and Anonymous off',
    situation: { sslFlags: ['Ssl'], anonymous: false, mapping: mappedCorrect },
    correct: NOBODY,
  },
  'early-ssl': {
    title: 'Ssl, and the binding asks',
    situation: { sslFlags: ['Ssl'], sslcert: early },
    correct: served(),
  },
  'early-ssl-mapped': {
    title: 'Ssl, the binding asks, with a one-to-one mapping and Anonymous off',
    situation: { sslFlags: ['Ssl'], sslcert: early, anonymous: false, mapping: mappedCorrect },
    correct: served('mapped-user'),
  },
  ssl128: {
    title: 'Ssl and Ssl128, on a machine that takes NULL cipher suites',
    situation: { sslFlags: ['Ssl', 'Ssl128'], extraCipherSuites: ['ECDHE-ECDSA-NULL-SHA'] },
    correct: served(),
  },
  'http-none': {
    title: 'None, with a binding for plain HTTP',
    situation: { sslFlags: ['None'], http: true },
    correct: served(),
  },
  'http-ssl': {
    title: 'Ssl, with a binding for plain HTTP',
    situation: { sslFlags: ['Ssl'], http: true },
    correct: served(),
  },
  'http-require-mapped': {
    title: 'Require and a one-to-one mapping, with a binding for plain HTTP',
    situation: { sslFlags: REQUIRE, anonymous: false, http: true, mapping: mappedCorrect },
    correct: served('mapped-user'),
  },
  'http-require-without-ssl': {
    title: 'SslNegotiateCert and SslRequireCert without Ssl, with a binding for plain HTTP',
    situation: { sslFlags: ['SslNegotiateCert', 'SslRequireCert'], anonymous: false, http: true },
    correct: NOBODY,
  },
  'http-request-without-ssl': {
    title: 'SslNegotiateCert without Ssl, with a binding for plain HTTP',
    situation: { sslFlags: ['SslNegotiateCert'], http: true },
    correct: served(),
  },
} as const satisfies Record<string, NamedSituation>
