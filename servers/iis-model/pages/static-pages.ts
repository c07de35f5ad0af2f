/**
 * What a remote client reads: IIS's static error page, the same for every substatus, and a page for 200.
 * The headline is IIS's own [gradenegger] [ndes], the rest is in our words. The detailed page, which shows substatus
 * and HRESULT, is for local browsers only [httperrors], and a probing client counts as remote here.
 */

const titles: Readonly<Record<number, string>> = {
  200: 'IIS Windows Server',
  403: '403 - Forbidden: Access is denied.',
}

const paragraphs: Readonly<Record<number, string>> = {
  200: 'Welcome.',
  403: 'You do not have permission to see this page with what you presented.',
}

/** HTML in ASCII. No part of the request is in it. */
export function staticPage(status: number): string {
  const title = titles[status] ?? String(status)
  const paragraph = paragraphs[status] ?? ''
  return `<!DOCTYPE html>\r\n<html><head><title>${title}</title></head><body><h2>${title}</h2><h3>${paragraph}</h3></body></html>\r\n`
}
