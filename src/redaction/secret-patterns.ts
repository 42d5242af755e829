/** Changes when what redaction takes out changes: it is a part of the rules' hash, which recordings carry. */
export const RULES_VERSION = 2

/** What a name says whose value is a secret. */
export const SECRET_NAME = String.raw`(?:secret|token|passw(?:or)?d|passphrase|pwd|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|account[_-]?key|(?:signing|encryption|master|session|license|ssh)[_-]?key)`
/** Such a name, `=` or `:`, in prose or in JSON however often escaped. Not the `secret:` of an ARN. */
const NAMED = String.raw`(?<!:\d{12}:)${SECRET_NAME}(?:_[A-Za-z0-9_]{0,30})?\\{0,8}["']?\s{0,8}[=:]\s{0,8}`

/**
 * Texts that are secret wherever they stand. The first group, where there is one, is kept. Each repetition is bounded, or starts where
 * the run before it ended: none takes time in the square of a long text.
 */
const LOOKS: readonly (readonly [string, RegExp])[] = [
  [
    'AWS key id',
    /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|APKA|AROA|ASCA)[A-Z0-9]{16,124}/g,
  ], // ids of the AWS Identity and Access Management guide
  [
    'AWS session token',
    /(?:IQoJb3JpZ2lu|AgoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|FwoDYXdz|FQoDYXdz)[A-Za-z0-9+/=_%-]{20,}/g,
  ], // session tokens
  [
    'AWS signature, token or credential',
    /((?:Signature|Security-?Token|Credential)\\{0,8}["']?\s{0,8}[=:]\s{0,8}\\{0,8}["']?)[^\s&,"'<\\]+/gi,
  ],
  [
    'JSON web token',
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g,
  ], // JSON web tokens
  [
    'AWS secret access key',
    /(?<![A-Za-z0-9/+=_-])(?=[A-Za-z0-9/+]{0,39}[A-Z])(?=[A-Za-z0-9/+]{0,39}[a-z])(?=(?:[A-Za-z/+]{0,39}[0-9]){2})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/g,
  ], // the form of an AWS secret access key
  ['GitHub token', /gh[pousr]_[A-Za-z0-9]{20,}/g],
  ['GitHub token', /github_pat_[A-Za-z0-9_]{20,}/g],
  ['GitLab token', /glpat-[A-Za-z0-9_-]{20,}/g],
  ['Slack token', /xox[abeoprs]-[A-Za-z0-9-]{10,}/g],
  ['Slack webhook', /(hooks\.slack\.com\/services\/)[A-Za-z0-9/]{20,}/g],
  ['npm token', /npm_[A-Za-z0-9]{36}/g],
  ['Stripe key', /(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g], // Stripe
  ['API key', /(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,}/g], // OpenAI and others
  ['Google API key', /AIza[A-Za-z0-9_-]{35}/g], // Google
  ['SendGrid key', /SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g], // SendGrid
  ['Vault token', /hv[sb]\.[A-Za-z0-9_-]{20,}/g], // Vault
  ['Docker token', /dckr_pat_[A-Za-z0-9_-]{20,}/g],
  ['PyPI token', /pypi-[A-Za-z0-9_-]{50,}/g],
  ['shared access signature', /([?&]sig=)[^\s&"'<]+/g], // shared access signatures
  [
    'private key',
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ],
  [
    'password of a command line',
    new RegExp(
      String.raw`((?:^|[\s"'])--?(?:[a-z0-9]{1,20}[-_]){0,4}${SECRET_NAME}(?:[-_][a-z0-9]{1,20}){0,3}\s{1,8}\\{0,8}["']?)[^\s"'\\-][^\s"'\\]*`,
      'gi',
    ),
  ],
  [
    'password of a command line',
    new RegExp(
      String.raw`(["']--?(?:[a-z0-9]{1,20}[-_]){0,4}${SECRET_NAME}(?:[-_][a-z0-9]{1,20}){0,3}\\{0,8}["']\s{0,8},\s{0,8}\\{0,8}["'])[^"'\\-][^"'\\]*`,
      'gi',
    ),
  ], // ["--password", "x"]
  [
    'password of a command line',
    /((?:^|[\s"'])(?:-u|--user|--proxy-user)[\s=]{1,8}["']?[^\s:"']{1,100}:)[^\s"'\\]+/g,
  ], // curl -u name:x
  ['password of a command line', /((?<![A-Za-z])pass\\{0,8}["']?=\\{0,8}["']?)[^\s"'&,;\\]+/gi], // DB_PASS=x
  [
    'password of a command line',
    /(sshpass\s{1,8}-p\s{0,8}["']?|redis-cli\s[^\n]{0,200}?-a\s{1,8}["']?)[^\s"'\\]+/g,
  ],
  ['cookie', /(\bCookie:\s{0,8})[^\r\n"'\\]+/gi],
  ['registry credentials', /("auth\\{0,8}"\s{0,8}:\s{0,8}\\{0,8}")[^"\\]+/g],
  [
    'password of a data source name',
    /((?<![^\s"'=])[^\s"':@/]{1,100}:)[^\s"'@]{1,200}(?=@(?:tcp|udp|unix)\()/g,
  ],
  ['token of a URL', /(?<=[a-z]:\/\/)[A-Za-z0-9_.~%-]{16,200}(?=@)/g],
  ['Discord webhook', /(discord(?:app)?\.com\/api\/webhooks\/\d{1,30}\/)[A-Za-z0-9_-]{10,}/g],
  ['Telegram token', /(?<!\d)\d{6,12}:AA[A-Za-z0-9_-]{30,}/g],
  ['Google token', /GOCSPX-[A-Za-z0-9_-]{20,}|ya29\.[A-Za-z0-9_-]{20,}/g],
  ['Hugging Face token', /hf_[A-Za-z0-9]{30,}/g],
  [
    'password of a URL',
    /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]{0,200}:)[^\s/]{1,1000}(?=@)/gi,
  ], // the password of a URL
  [
    'bearer or authorization',
    /((?:^|[\s"'])Bearer\s|Authorization\\{0,8}["']?\s{0,8}[=:]\s{0,8}\\{0,8}["']?[a-z]{1,20}\s)[A-Za-z0-9._~+/=-]+/gi,
  ],
  ['value under a secret name', new RegExp(String.raw`(${NAMED}")[^"]+`, 'gi')],
  ['value under a secret name', new RegExp(String.raw`(${NAMED}')[^']+`, 'gi')],
  ['value under a secret name', new RegExp(String.raw`(${NAMED}\\{1,8}["'])[^"'\\]+`, 'gi')],
  ['value under a secret name', new RegExp(String.raw`(${NAMED})[^\s"'&,\\]+`, 'gi')],
]

export const SECRET_PATTERNS: readonly RegExp[] = LOOKS.map(([, pattern]) => pattern)

/** What a secret is called that no pattern finds in the text as it stands. */
export const UNNAMED_LOOK = 'encoded secret'

/** What a text that holds a secret by its looks holds, in words. */
export function nameLook(text: string): string {
  return LOOKS.find(([, pattern]) => text.search(pattern) >= 0)?.[0] ?? UNNAMED_LOOK
}

/** In every text that holds a secret by its pattern but for a key of forty characters, or the value of an environment. */
export const TRIGGER_WORDS =
  /A[A-Z]{3}[A-Z0-9]{16}|b3JpZ2lu|YXdz|eyJ|gh[pousr]_|github_pat_|glpat-|xox|:\/\/|npm_|(?<![A-Za-z])[sr]k-|[sr]k_(?:live|test)_|AIza|SG\.|hv[sb]\.|pat_|pypi-|(?<![A-Za-z0-9])-u|(?:secret|token|pass|pwd|key|signature|credential|bearer|authorization|["']value["']|slack|-user|sig=|cookie|"auth|redis-cli|@(?:tcp|udp|unix)|discord|:AA|GOCSPX|ya29|hf_)/i

/** In every text that holds a secret by its pattern, or the value of an environment: one look instead of all of the patterns. */
export const TRIGGER = new RegExp(`${TRIGGER_WORDS.source}|[A-Za-z0-9/+]{40}`, 'i')

/** `"value": "…"` in a text that is JSON or quotes some, cut off or not: the value of a container's environment, if anything. */
export const VALUE_TEXTS: readonly RegExp[] = [
  /("value"\s*:\s*")[^"\\]*(?:\\[\s\S][^"\\]*)*\\?/gi,
  /('value'\s*:\s*')[^'\\]*(?:\\[\s\S][^'\\]*)*\\?/gi,
  /("value"\s*:\s*)[^\s"'\\,}\]{[]+/gi,
]
