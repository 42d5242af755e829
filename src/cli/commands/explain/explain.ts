import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { ECS_SERVICE } from '../../../contract/index.ts'
import { describeReason, HarnessError } from '../../../message/index.ts'
import {
  isObject,
  looksLikeQuery,
  MAX_BODY_BYTES,
  parseBody,
  RECORDING_FORMAT,
} from '../../../protocol/index.ts'
import { createReplayer, type Explanation } from '../../../replayer/engine/index.ts'
import { formatJson } from '../../output/json-text.ts'
import { formatRecord } from '../../output/plain-records.ts'
import { EXIT, printData, printText } from '../../output/terminal.ts'

export interface ExplainCommand {
  /** A file with a request body, or `-`. */
  request: string
  paths: string[]
  operation: string
  ignore: string[]
  loosen: string[]
  config: string | undefined
  json: boolean
  /** One line an exchange or a difference, for programs. */
  plain: boolean
}

/** Says what answers a request, or what a miss would say of it; gives 0 or 1. */
export async function explain({
  request,
  paths,
  operation,
  ignore,
  loosen,
  config,
  json,
  plain,
}: ExplainCommand): Promise<number> {
  const body = request === '-' ? await text(process.stdin) : readRequestFile(request)
  refuseOtherFiles(body, request)
  const replayer = createReplayer(paths, {
    match: { ignore, loosen },
    ...(config === undefined ? {} : { config }),
  })
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${ECS_SERVICE}.${operation}`,
  }
  const explanation = await replayer.explain({ method: 'POST', url: '/', headers, body })
  if (json) printData(formatJson({ schemaVersion: 1, request, ...explanation }))
  else if (plain) printRecords(explanation)
  else printText(explanation.message)
  return explanation.matched ? EXIT.fine : EXIT.failed
}

function printRecords(explanation: Explanation): void {
  if (explanation.matched)
    for (const { recording, exchange } of explanation.places)
      printData(formatRecord('match', recording, exchange, '', ''))
  else {
    const { phase, nearest } = explanation.miss
    if (nearest.length === 0) printData(formatRecord(phase, '', '', '', ''))
    for (const { recording, exchange, differences } of nearest) {
      if (differences.length === 0) printData(formatRecord(phase, recording, exchange, '', ''))
      for (const { pointer, message } of differences)
        printData(formatRecord(phase, recording, exchange, pointer, message))
    }
  }
}

function readRequestFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = describeReason(error)
    throw new HarnessError('not-found', `The request cannot be read: ${reason}.`, {
      remedy: 'name a file with the body of a request, or - for standard input',
      cause: error,
    })
  }
}

/** What is no request body would only be told to differ from all of them. */
function refuseOtherFiles(body: string, path: string): void {
  if (body.length > MAX_BODY_BYTES)
    throw new HarnessError(
      'too-large',
      `${path} has more than ${MAX_BODY_BYTES} bytes; a request body has fewer.`,
    )
  if (looksLikeQuery(body))
    throw new HarnessError(
      'usage',
      `${path} is a form of the old Query protocol, which is not replayed.`,
      { remedy: 'give the body as the client sends it in AWS JSON 1.1' },
    )
  const value = parseBody(body)
  if (isObject(value) && value['format'] === RECORDING_FORMAT)
    throw new HarnessError('usage', `${path} is a recording, not the body of a request.`, {
      remedy: `jq '.exchanges[0].request.body' ${path} | starttask explain - PATH`,
    })
}
