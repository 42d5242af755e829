import { ECS_SERVICE, namesEcsOtherwise } from '../contract/index.ts'
import { normaliseHeaders, parseTarget, type WireRequest } from '../protocol/index.ts'

/** A request to ECS, read whole. */
export interface EcsRequest extends WireRequest {
  body: Uint8Array
  /** Where it goes: `https://ecs.us-east-1.amazonaws.com`. */
  origin: string
  /** The whole target as it was sent, and the operation that it names. */
  target: string
  operation: string | undefined
}

/** `ecs.us-east-1.amazonaws.com`, FIPS and dual-stack endpoints, those of a VPC, in every partition. */
const ECS_HOST = /(?:^|\.)ecs(?:-fips)?\.[a-z]{2,}(?:-[a-z]+)+-\d+\./

/** Whether a request is meant for ECS, by its target, its host, its path or what it is signed for: rather one too many than one that slips by. */
export function isEcsRequest(request: Request): boolean {
  const target = request.headers.get('x-amz-target')
  if (namesEcs(target ?? '', new URL(request.url).hostname)) return true
  return target === null && namesEcsOtherwise(request.url, request.headers.get('authorization'))
}

/** Whether a text with the target in it, or a host, names ECS. */
export function namesEcs(text: string, host: string): boolean {
  return text.toLowerCase().includes('amazonec2containerservice') || ECS_HOST.test(host)
}

/** Reads a request, of which the client notices nothing. */
export async function readEcsRequest(request: Request): Promise<EcsRequest> {
  const headers = normaliseHeaders(request.headers)
  const target = headers['x-amz-target'] ?? ''
  const read = parseTarget(target)
  return {
    method: request.method,
    url: request.url,
    origin: new URL(request.url).origin,
    headers,
    target,
    operation: read?.service === ECS_SERVICE ? read.operation : undefined,
    body: new Uint8Array(await request.clone().arrayBuffer()),
  }
}
