/** What stands in the place of every secret value. */
export const REDACTED = '(redacted)'

const ACCOUNT = /(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])/g
const STAND_IN_PREFIX = '0000'

/**
 * The stand-in of an account id: twelve digits, `0000` first, the rest from a digest. Equal ids have equal stand-ins in every recording,
 * so that a request can be redacted alone and still match. A stand-in is its own stand-in.
 */
export function standInAccount(account: string): string {
  if (account.startsWith(STAND_IN_PREFIX)) return account
  const { createHash } = process.getBuiltinModule('node:crypto') // not imported: it would be loaded where no account id is met
  const digest = createHash('sha256').update(`starttask-harness account ${account}`).digest()
  return STAND_IN_PREFIX + String(digest.readUInt32BE(0) % 100_000_000).padStart(8, '0')
}

/** Replaces account ids in a text: the twelve-digit words that `isAccount` says are some. */
export function replaceAccounts(text: string, isAccount: (digits: string) => boolean): string {
  return text.replace(ACCOUNT, (digits) => (isAccount(digits) ? standInAccount(digits) : digits))
}

/** The account ids that a text names beyond doubt: in an ARN, or before a container registry's host. */
export function findAccounts(text: string): string[] {
  return [...text.matchAll(/arn:[a-z0-9-]+:[a-z0-9-]*:[a-z0-9-]*:(\d{12}):|(?<!\d)(\d{12})(?=\.dkr[.-])/g)].flatMap(
    (match) => match[1] ?? match[2] ?? [],
  )
}
