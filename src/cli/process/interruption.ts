import { EXIT } from '../output/terminal.ts'

/** Does work that Ctrl-C and SIGTERM give up: it is told by the signal, and the exit code says so whatever it throws then. */
export async function untilInterrupted(
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController()
  let code: number | undefined
  const interrupt = () => giveUp(EXIT.interrupted)
  const terminate = () => giveUp(EXIT.terminated)
  const giveUp = (meaning: number) => {
    code ??= meaning
    controller.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', terminate)
  try {
    const result = await work(controller.signal)
    return code ?? result
  } catch (error) {
    if (code !== undefined) return code
    throw error
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', terminate)
  }
}
