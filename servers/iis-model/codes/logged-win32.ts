/** `sc-win32-status` as the W3C log prints an HRESULT. */

/** HRESULT_FACILITY: a Win32 error wrapped into an HRESULT. */
const FACILITY_WIN32 = 7

/**
 * A wrapped Win32 error is the bare number, everything else is unsigned decimal.
 * Observed: [kb2802568] 2148204809, [sccm] 2148081683, [403-7] 5.
 */
export function loggedWin32(hresult: number): number {
  return (hresult >>> 16) % 0x2000 === FACILITY_WIN32 ? hresult & 0xffff : hresult >>> 0
}
