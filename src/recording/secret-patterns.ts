/** What a name says whose value is a secret. */
const SECRET_NAME = String.raw`(?:secret|token|passw(?:or)?d|passphrase|pwd|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key)`
/** Such a name, `=` or `:`, in prose or in JSON however often escaped. Not the `secret:` of an ARN. */
const NAMED = String.raw`(?<!:\d{12}:)${SECRET_NAME}(?:_[A-Za-z0-9_]{0,30})?\\{0,8}["']?\s{0,8}[=:]\s{0,8}`

/**
 * Texts that are secret wherever they stand. The first group, where there is one, is kept. Each repetition is bounded, or starts where
 * the run before it ended: none takes time in the square of a long text.
 */
export const SECRET_PATTERNS: readonly RegExp[] = [
  /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|APKA|AROA|ASCA)[A-Z0-9]{16,124}/g, // ids of the AWS Identity and Access Management guide
  /(?:IQoJb3JpZ2lu|AgoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|FwoDYXdz|FQoDYXdz)[A-Za-z0-9+/=_%-]{20,}/g, // session tokens
  /((?:Signature|Security-?Token|Credential)\\{0,8}["']?\s{0,8}[=:]\s{0,8}\\{0,8}["']?)[^\s&,"'<\\]+/gi,
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g, // JSON web tokens
  /gh[pousr]_[A-Za-z0-9]{20,}/g,
  /github_pat_[A-Za-z0-9_]{20,}/g,
  /glpat-[A-Za-z0-9_-]{20,}/g,
  /xox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
  /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]{0,200}:)[^\s/]{1,1000}(?=@)/gi, // the password of a URL
  /((?:^|[\s"'])Bearer\s|Authorization\\{0,8}["']?\s{0,8}[=:]\s{0,8}\\{0,8}["']?[a-z]{1,20}\s)[A-Za-z0-9._~+/=-]+/gi,
  new RegExp(String.raw`(${NAMED}")[^"]+`, 'gi'),
  new RegExp(String.raw`(${NAMED}')[^']+`, 'gi'),
  new RegExp(String.raw`(${NAMED}\\{1,8}["'])[^"'\\]+`, 'gi'),
  new RegExp(String.raw`(${NAMED})[^\s"'&,\\]+`, 'gi'),
]

/** In every text that holds a secret by its pattern: one look instead of all of the patterns. */
export const TRIGGER =
  /A[A-Z]{3}[A-Z0-9]{16}|b3JpZ2lu|YXdz|eyJ|gh[pousr]_|github_pat_|glpat-|xox|PRIVATE KEY|:\/\/|secret|token|passw|passphrase|pwd|key|signature|credential|bearer|authorization/i

/** `"value": "…"` in a text that is JSON or quotes some, cut off or not: the value of a container's environment, if anything. */
export const VALUE_TEXTS: readonly RegExp[] = [
  /("value"\s*:\s*")[^"\\]*(?:\\[\s\S][^"\\]*)*\\?/gi,
  /('value'\s*:\s*')[^'\\]*(?:\\[\s\S][^'\\]*)*\\?/gi,
  /("value"\s*:\s*)[^\s"'\\,}\]{[]+/gi,
]

/** Whether a name says that its value is a secret: `DB_PASSWORD`, `secretAccessKey`. Paging and client tokens are none. */
export function isSecretName(name: string): boolean {
  return !/^(?:next|client)Token$/i.test(name) && SECRET_NAMES.test(name)
}

const SECRET_NAMES = new RegExp(String.raw`(?:${SECRET_NAME}(?:_[A-Za-z0-9_]{0,30}|s)?|^authorization|^signature|^credentials?)$`, 'i')
