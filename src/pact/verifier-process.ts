/**
 * Runs Pact's verifier, in a process of its own: its native part prints on standard output as it likes, and a crash of it takes nobody along. What
 * it is to do comes as one message, and what came of it goes back as one.
 */
import { describeReason } from '../message/index.ts'
import { readObject } from '../protocol/index.ts'
import { loadPactCore } from './pact-core.ts'

process.once('message', (options: unknown) => void verify(options))

async function verify(options: unknown): Promise<void> {
  const report = await run(options)
  process.send?.(report, () => process.disconnect())
}

async function run(options: unknown): Promise<{ result: string } | { error: string }> {
  try {
    const { Verifier } = loadPactCore()
    const result = await new Verifier(readObject(options)).verify()
    return { result: typeof result === 'string' ? result : JSON.stringify(result) }
  } catch (error) {
    return { error: describeReason(error) }
  }
}
