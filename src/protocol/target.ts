/** The media type of AWS JSON 1.1 bodies. */
export const AWS_JSON = 'application/x-amz-json-1.1'

/** The two halves of an `X-Amz-Target` header. */
export interface Target {
  service: string
  operation: string
}

/** Reads `Service.Operation`; `undefined` when the header is absent or has another form. */
export function parseTarget(header: string | undefined): Target | undefined {
  const match = /^([A-Za-z0-9_]{1,128})\.([A-Za-z0-9_]{1,128})$/.exec(header ?? '')
  const [, service, operation] = match ?? []
  return service === undefined || operation === undefined ? undefined : { service, operation }
}

/** Whether a `Content-Type` names AWS JSON; parameters such as `; charset=utf-8` do not matter. */
export function isAwsJson(contentType: string | undefined): boolean {
  return /^application\/x-amz-json-1\.[01]\s*(;|$)/i.test(contentType ?? '')
}

/** Header names in lower case, values joined as HTTP joins them. Accepts fetch's `Headers`, a record, or Node's incoming headers. */
export function normaliseHeaders(
  headers: Headers | Record<string, string | string[] | undefined>,
): Record<string, string> {
  const entries: [string, string][] = []
  const pairs = headers instanceof Headers ? [...headers] : Object.entries(headers)
  for (const [name, value] of pairs) {
    if (value !== undefined)
      entries.push([name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value])
  }
  return Object.fromEntries(entries)
}
