/** What a mapped user may have: URL authorization, NTFS permissions. */
import { scenariosOf } from './row.ts'

export const authorization = scenariosOf({
  acl: {
    title: 'NTFS denies the mapped user: 401.3',
    situation: 'late-require-acl',
    identity: 'correct',
    refused: 'not-authorized',
    answer: '401.3',
    user: 'mapped-user',
    confidence: 'documented',
    win32Confidence: 'inferred',
    sources: ['status'],
  },
  'url-authorization-anonymous': {
    title: 'URL authorization admits only the mapped user, and nothing maps: 401.2',
    situation: 'late-require-url-authorization',
    identity: 'correct',
    refused: 'not-authenticated',
    answer: '401.2',
    confidence: 'observed',
    win32Confidence: 'inferred',
    sources: ['itq'],
  },
})
