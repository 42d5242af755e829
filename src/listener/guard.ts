import type { IncomingHttpHeaders } from 'node:http'

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i

/**
 * Why a request is refused, or `undefined`. A web page must not reach a listener of ours: neither by DNS rebinding (the `Host` is then
 * the page's own name) nor across origins (the browser then sends the page's `Origin`).
 */
export function refuseForeignCaller(headers: IncomingHttpHeaders): string | undefined {
  if (headers.host !== undefined && !LOOPBACK.test(headers.host)) {
    return `The Host header does not name this machine. Use http://127.0.0.1 or http://localhost as the endpoint.`
  }
  if (headers.origin === undefined) return undefined
  const origin = /^https?:\/\/(.+)$/i.exec(headers.origin)?.[1] ?? ''
  return LOOPBACK.test(origin) ? undefined : 'The Origin header names a page that is not on this machine.'
}
