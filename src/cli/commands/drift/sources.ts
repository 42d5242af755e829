import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  type ContractDocuments,
  type Model,
  readModel,
  readSdkModel,
} from '../../../contract/index.ts'
import { describeReason, HarnessError } from '../../../message/index.ts'
import { isObject, type JsonObject, parseBody, readObject } from '../../../protocol/index.ts'
import { locatePackageFile } from '../../../package/index.ts'

/** The SDK's package. */
export const SDK = '@aws-sdk/client-ecs'
const MAX_MODEL_BYTES = 64 * 1024 * 1024

/** Reads this package's own contracts/. */
export function readContractDocuments(): ContractDocuments {
  const read = (name: string): JsonObject => {
    const document = parseBody(readFileSync(locatePackageFile(`contracts/start-task/${name}.json`)))
    if (isObject(document)) return document
    throw new HarnessError(
      'not-found',
      `contracts/start-task/${name}.json of this package is no JSON object. Install starttask-harness again.`,
    )
  }
  return {
    request: read('request.schema'),
    requestOverlay: read('request.overlay.schema'),
    response: read('response.schema'),
    responseOverlay: read('response.overlay.schema'),
    errors: read('errors'),
  }
}

/** StartTask as the SDK has it that the working directory's own code would import. Throws `not-found`, and `usage` when it is too old. */
export function readInstalledSdk(): Model {
  const load = createRequire(join(process.cwd(), 'package.json'))
  if (!isInstalled(load))
    throw new HarnessError('not-found', `${SDK} is not installed here.`, {
      remedy: `npm i -D ${SDK}, or start this where it is`,
    })
  const exported = loadSdk(load)
  return readSdkModel(exported, SDK, readVersion(load))
}

function isInstalled(load: NodeJS.Require): boolean {
  try {
    load.resolve(SDK)
    return true
  } catch {
    return false
  }
}

function loadSdk(load: NodeJS.Require): JsonObject {
  try {
    const exported: unknown = load(SDK)
    return readObject(exported)
  } catch (error) {
    const fact = describeReason(error).split('\n', 1)[0]
    throw new HarnessError('not-found', `${SDK} is installed here and does not load: ${fact}`, {
      remedy: 'install it again',
      cause: error,
    })
  }
}

function readVersion(load: NodeJS.Require): string | undefined {
  try {
    const manifest: unknown = load(`${SDK}/package.json`)
    return isObject(manifest) && typeof manifest['version'] === 'string'
      ? manifest['version']
      : undefined
  } catch {
    return undefined
  }
}

/** StartTask as a model file has it. Throws `not-found`, `too-large`, `too-deep`, `not-json`, and `usage` when it is no model. */
export function readModelFile(path: string): Model {
  return readModel(readJsonFile(path), basename(path))
}

function readJsonFile(path: string): unknown {
  const remedy = 'Name a service-2.json, a service-2.json.gz or a Smithy JSON AST.'
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isFile())
    throw new HarnessError(
      'not-found',
      `${path} ${found ? 'is no file' : 'does not exist'}. ${remedy}`,
    )
  if (found.size > MAX_MODEL_BYTES) throw refuseSize(path)
  const bytes = readFileSync(path)
  try {
    return parseBody(
      bytes[0] === 0x1f && bytes[1] === 0x8b ? unzip(bytes, path) : bytes,
      MAX_MODEL_BYTES,
    )
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    throw new HarnessError(error.code, `${path}: ${error.message} ${remedy}`, { cause: error })
  }
}

function unzip(bytes: Uint8Array, path: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_MODEL_BYTES })
  } catch (error) {
    if (error instanceof RangeError) throw refuseSize(path)
    throw new HarnessError('not-json', `It begins like gzip and cannot be unpacked.`, {
      cause: error,
    })
  }
}

function refuseSize(path: string): HarnessError {
  return new HarnessError(
    'too-large',
    `${path} has more than ${MAX_MODEL_BYTES} bytes, packed or unpacked; that is no model of one service.`,
  )
}
