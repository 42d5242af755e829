import { confirm, isCancel } from '@clack/prompts'

/** Asks on the terminal; no is what Enter alone means. The question goes to standard error, as all that is no data. */
export async function askForYes(question: string): Promise<'yes' | 'no' | 'cancelled'> {
  const response = await confirm({ message: question, initialValue: false, output: process.stderr })
  if (isCancel(response)) return 'cancelled'
  return response ? 'yes' : 'no'
}
