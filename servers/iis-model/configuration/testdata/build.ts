/** Small configuration files put together for the tests, and what is looked at afterwards. */
import type { Configuration, WebConfig } from '../read-configuration.ts'

export const site = ({ sites }: Configuration, name = 'Default Web Site') => sites.find((one) => one.name === name)!

export const texts = ({ notes }: Configuration) => notes.map(({ file, line, text }) => `${file}:${line} ${text}`)

/** An applicationHost.config with one site, and something after it. */
export const host = (after: string, applications = '<application path="/"/>', before = '') => ({
  name: 'applicationHost.config',
  text: `<configuration>${before}<system.applicationHost><sites><site name="S" id="7">${applications}</site></sites>
</system.applicationHost>${after}</configuration>`,
})

export const web = (contents: string, path = '/', name = 'web.config'): WebConfig => ({
  name,
  path,
  text: `<configuration>${contents}</configuration>`,
})

export const access = (sslFlags: string) =>
  `<system.webServer><security><access sslFlags="${sslFlags}"/></security></system.webServer>`
export const location = (path: string, contents: string, attributes = '') =>
  `<location path="${path}" ${attributes}>${contents}</location>`
export const authorization = (rules: string) =>
  `<system.webServer><security><authorization>${rules}</authorization></security></system.webServer>`
export const authentication = (contents: string) =>
  `<system.webServer><security><authentication>${contents}</authentication></security></system.webServer>`
export const mapping = (contents: string, attributes = '') =>
  authentication(
    `<iisClientCertificateMappingAuthentication ${attributes}>${contents}</iisClientCertificateMappingAuthentication>`,
  )
