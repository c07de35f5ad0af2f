/** The words after the status in IIS's status line. */

/** RFC 2616's, which IIS keeps; node:http calls 413 otherwise. */
const reasonPhrases: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
}

export const reasonPhrase = (status: number): string => reasonPhrases[status] ?? 'Error'
