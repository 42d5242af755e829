import type { IncomingHttpHeaders } from 'node:http'

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i
const ADDRESS = /^(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i

/** The callers that a listener serves in addition to this machine. */
export interface Guarded {
  /** True if it listens on more than loopback. Then addresses in `Host` are accepted too, because DNS rebinding needs a name. */
  isOpen: boolean
  /** Accepted names in `Host`, without a port. */
  hosts: readonly string[]
}

/**
 * Returns the reason why a request is refused, or `undefined`. A web page must not reach a listener: neither by DNS rebinding (`Host` is the
 * name of the page) nor across origins (the browser sends the `Origin` of the page).
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
