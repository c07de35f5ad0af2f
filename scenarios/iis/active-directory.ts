/** `clientCertificateMappingAuthentication` with the DS mapper: users of Active Directory. */
import { scenariosOf } from './row.ts'

export const activeDirectory = scenariosOf({
  mapped: {
    title: 'UPN and security identifier lead to a user',
    situation: 'late-require-directory',
    identity: 'upn-with-sid',
    answer: '200',
    user: 'COUNTERSIGN\\bob',
    confidence: 'documented',
    sources: ['admap', 'friis-ad', 'schreg'],
  },
  unmapped: {
    title: 'Nothing in the directory fits: 401.2',
    situation: 'late-require-directory',
    identity: 'correct',
    refused: 'not-authenticated',
    answer: '401.2',
    confidence: 'inferred',
    sources: ['modules', 'schevents'],
  },
  'unmapped-with-anonymous': {
    title: 'Nothing in the directory fits, Anonymous on: served as nobody',
    situation: 'late-require-directory-anonymous',
    identity: 'correct',
    answer: '200',
    confidence: 'inferred',
    sources: ['modules'],
  },
  'weak-mapping': {
    title: 'Only issuer and subject are mapped, under full enforcement: 401.2',
    situation: 'late-require-directory-weak',
    identity: 'correct',
    refused: 'not-authenticated',
    answer: '401.2',
    confidence: 'inferred',
    sources: ['kb5014754s', 'pkca', 'schreg'],
  },
})
