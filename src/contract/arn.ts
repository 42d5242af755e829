/** The parts of an Amazon Resource Name. `resource` is all after the fifth colon. */
export interface Arn {
  partition: string
  service: string
  region: string
  account: string
  resource: string
}

/** Reads an ARN; `undefined` when the text is none. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([a-z0-9-]+):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws)?:(.+)$/.exec(text)
  if (!match) return undefined
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match
  return { partition, service, region, account, resource }
}

/** The text of an ARN. */
export function formatArn(arn: Arn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}`
}

/** A cluster's name, from its name or its ARN. */
export function readClusterName(cluster: string): string {
  return readResource(cluster, 'cluster')
}

/** `family` or `family:revision`, from either or from the ARN. */
export function readTaskDefinitionName(taskDefinition: string): string {
  return readResource(taskDefinition, 'task-definition')
}

/** A container instance's id, from the id or either form of the ARN (with and without the cluster's name). */
export function readContainerInstanceId(containerInstance: string): string {
  return (
    readResource(containerInstance, 'container-instance').split('/').at(-1) ?? containerInstance
  )
}

/** A task's id, from the id or either form of the ARN. */
export function readTaskId(task: string): string {
  return readResource(task, 'task').split('/').at(-1) ?? task
}

function readResource(text: string, type: string): string {
  const arn = parseArn(text)
  return arn?.service === 'ecs' && arn.resource.startsWith(`${type}/`)
    ? arn.resource.slice(type.length + 1)
    : text
}
