/** The Windows generations that the model plays. One so far: Windows Server 2022. */

export interface IisProfile {
  readonly name: string
  readonly version: string
  /** The `Server` response header. */
  readonly serverHeader: string
  /** The `#Software` line of the W3C log. */
  readonly software: string
}

export const iis10On2022: IisProfile = {
  name: 'iis-10-2022',
  version: '10.0 (Windows Server 2022 model)',
  serverHeader: 'Microsoft-IIS/10.0',
  software: 'Microsoft Internet Information Services 10.0',
}
