/** What stand-ins are made with. A shim: helper A replaces this file. */
export function loadStandInKey(): { key: Uint8Array; place: string; isKept: boolean } {
  return { key: new Uint8Array(32), place: '', isKept: false }
}
