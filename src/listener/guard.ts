import type { IncomingHttpHeaders } from 'node:http'

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i
const ADDRESS = /^(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i

/** Whom a listener answers besides this machine. */
export interface Guarded {
  /** Whether it was told to listen elsewhere than on loopback: then addresses in `Host` are as good, since rebinding needs a name. */
  isOpen: boolean
  /** Names that may stand in `Host`, without a port. */
  hosts: readonly string[]
}

/**
 * Why a request is refused, or `undefined`. A web page must not reach a listener of ours: neither by DNS rebinding (the `Host` is then
 * the page's own name) nor across origins (the browser then sends the page's `Origin`).
 */
export function refuseUntrustedCaller(
  headers: IncomingHttpHeaders,
  guarded: Guarded,
): string | undefined {
  if (headers.host !== undefined && !isKnownHost(headers.host, guarded)) {
    return 'The Host header does not name this machine. Use http://127.0.0.1 or http://localhost as the endpoint, or allow the name.'
  }
  if (headers.origin === undefined) return undefined
  const origin = /^https?:\/\/(.+)$/i.exec(headers.origin)?.[1] ?? ''
  return LOOPBACK.test(origin)
    ? undefined
    : 'The Origin header names a page that is not on this machine.'
}

function isKnownHost(host: string, { isOpen, hosts }: Guarded): boolean {
  if (LOOPBACK.test(host)) return true
  if (isOpen && ADDRESS.test(host)) return true
  return hosts.length > 0 && hosts.includes(host.replace(/:\d{1,5}$/, '').toLowerCase())
}
