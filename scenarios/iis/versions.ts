/** The servers that a row is about, by the versions that its source names. */

export const iis5 = ['iis-5'] as const
export const iis6 = ['iis-6'] as const
/** IIS 7 and 7.5. */
export const only7 = ['iis-7.5'] as const
export const server2022 = ['iis-10'] as const
export const server2025 = ['iis-10-2025'] as const
export const since2022 = [...server2022, ...server2025] as const
export const only10 = ['iis-10-2019', ...since2022] as const
/** Windows Server 2012 and later. */
export const since8 = ['iis-8.5', ...only10] as const
export const since7 = [...only7, ...since8] as const
