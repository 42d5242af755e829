import { REDACTED } from './stand-in.ts'

/** Texts that are secret wherever they stand. The first group, where there is one, is kept. */
const SECRET_PATTERNS: readonly RegExp[] = [
  /\b(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|APKA|AROA|ASCA)[A-Z0-9]{16}\b/g, // ids of the AWS Identity and Access Management guide
  /\b(?:IQoJb3JpZ2lu|AgoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|FwoDYXdz|FQoDYXdz)[A-Za-z0-9+/=_%-]{20,}/g, // session tokens
  /\b((?:X-Amz-)?(?:Signature|Security-Token|Credential)["']?\s*[=:]\s*["']?)[^\s&,"'<]+/gi,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g, // JSON web tokens
  /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/gi, // the password of a URL
  /((?:secret|token|passw(?:or)?d|pwd|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key)["']?\s*[=:]\s*["']?)[^\s"'&,]+/gi,
  /((?:^|\s)Bearer )[A-Za-z0-9._~+/=-]+/gi,
]

/** Replaces what looks like a secret in a text of any kind. */
export function redactPatterns(text: string): string {
  return SECRET_PATTERNS.reduce(
    (result, pattern) => result.replace(pattern, (_match, kept: unknown) => `${typeof kept === 'string' ? kept : ''}${REDACTED}`),
    text,
  )
}
