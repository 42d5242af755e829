import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { describeReason, HarnessError, isHarnessError } from '../../message/index.ts'
import { isObject, type JsonObject, parseBody, RECORDING_FORMAT } from '../../protocol/index.ts'

/** A request body of a file, or of standard input (`-`). Throws `usage` for what is no object, and for a recording. */
export async function readRequest(path: string): Promise<JsonObject> {
  const value = parseRequest(path === '-' ? await text(process.stdin) : readRequestFile(path), path)
  if (isObject(value) && value['format'] !== RECORDING_FORMAT) return value
  if (!isObject(value))
    throw new HarnessError('usage', `${path} is not a JSON object, as a request is.`)
  throw new HarnessError('usage', `${path} is a recording, not the body of a request.`, {
    remedy: `jq '.exchanges[0].request.body' ${path} | starttask compose - …`,
  })
}

function readRequestFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = describeReason(error)
    throw new HarnessError('not-found', `The request cannot be read: ${reason}.`, {
      remedy: 'name a file with its body, or -',
      cause: error,
    })
  }
}

function parseRequest(body: string, path: string): unknown {
  try {
    return parseBody(body)
  } catch (error) {
    if (!isHarnessError(error)) throw error
    throw new HarnessError(error.code, `${path}: ${error.message}`, { cause: error })
  }
}
