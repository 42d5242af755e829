/** The columns of the table that is asked. Source: Athena user guide, "Create a table for CloudTrail logs in Athena using manual partitioning". */

/** How a column is typed. Members of structures have the names that CloudTrail writes; as columns they are in lower case. */
export type ColumnType =
  | 'text'
  | 'json'
  | 'map'
  | 'integer'
  | 'double'
  | { struct: Readonly<Record<string, ColumnType>> }
  | { list: ColumnType }

/** A column: its name is the member's of CloudTrail's record, in lower case. */
export interface Column {
  /** As CloudTrail writes it, or as we do. */
  member: string
  type: ColumnType
}

const ISSUER = {
  type: 'text',
  principalId: 'text',
  arn: 'text',
  accountId: 'text',
  userName: 'text',
} as const

const USER_IDENTITY: ColumnType = {
  struct: {
    type: 'text',
    principalId: 'text',
    arn: 'text',
    accountId: 'text',
    invokedBy: 'text',
    accessKeyId: 'text',
    userName: 'text',
    onBehalfOf: { struct: { userId: 'text', identityStoreArn: 'text' } },
    sessionContext: {
      struct: {
        attributes: { struct: { mfaAuthenticated: 'text', creationDate: 'text' } },
        sessionIssuer: { struct: ISSUER },
        ec2RoleDelivery: 'text',
        webIdFederationData: { struct: { federatedProvider: 'text', attributes: 'map' } },
      },
    },
  },
}

/** The columns that Athena documents for CloudTrail, in its order: what a portable query may name. */
export const CLOUDTRAIL_COLUMNS: readonly Column[] = [
  { member: 'eventVersion', type: 'text' },
  { member: 'userIdentity', type: USER_IDENTITY },
  { member: 'eventTime', type: 'text' },
  { member: 'eventSource', type: 'text' },
  { member: 'eventName', type: 'text' },
  { member: 'awsRegion', type: 'text' },
  { member: 'sourceIPAddress', type: 'text' },
  { member: 'userAgent', type: 'text' },
  { member: 'errorCode', type: 'text' },
  { member: 'errorMessage', type: 'text' },
  { member: 'requestParameters', type: 'json' },
  { member: 'responseElements', type: 'json' },
  { member: 'additionalEventData', type: 'json' },
  { member: 'requestID', type: 'text' },
  { member: 'eventID', type: 'text' },
  {
    member: 'resources',
    type: { list: { struct: { ARN: 'text', accountId: 'text', type: 'text' } } },
  },
  { member: 'eventType', type: 'text' },
  { member: 'apiVersion', type: 'text' },
  { member: 'readOnly', type: 'text' },
  { member: 'recipientAccountId', type: 'text' },
  { member: 'serviceEventDetails', type: 'json' },
  { member: 'sharedEventID', type: 'text' },
  { member: 'vpcEndpointId', type: 'text' },
  { member: 'vpcEndpointAccountId', type: 'text' },
  { member: 'eventCategory', type: 'text' },
  {
    member: 'addendum',
    type: {
      struct: {
        reason: 'text',
        updatedFields: 'text',
        originalRequestID: 'text',
        originalEventID: 'text',
      },
    },
  },
  { member: 'sessionCredentialFromConsole', type: 'text' },
  { member: 'edgeDeviceDetails', type: 'json' },
  {
    member: 'tlsDetails',
    type: { struct: { tlsVersion: 'text', cipherSuite: 'text', clientProvidedHostHeader: 'text' } },
  },
]

/** What recordings know besides. The prefix keeps them apart: they are in an archive alone, in no table of CloudTrail's files. */
const OWN_COLUMNS: readonly Column[] = [
  { member: 'starttask_source', type: 'text' },
  { member: 'starttask_recording', type: 'text' },
  { member: 'starttask_exchange', type: 'integer' },
  { member: 'starttask_outcome', type: 'text' },
  { member: 'starttask_error', type: 'text' },
  { member: 'starttask_status', type: 'integer' },
  { member: 'starttask_invocation', type: 'text' },
  { member: 'starttask_attempt', type: 'integer' },
  { member: 'starttask_elapsed_ms', type: 'double' },
]

/** By what the files of an archive lie in folders. */
export const PARTITION_COLUMNS = ['region', 'eventdate'] as const

/** The columns of an archive's files. */
export const ARCHIVE_COLUMNS: readonly Column[] = [...CLOUDTRAIL_COLUMNS, ...OWN_COLUMNS]

/** A type as DuckDB writes it, with members of structures in lower case, as in Athena's table, or as CloudTrail writes them. */
export function formatDuckDbType(type: ColumnType, names: 'columns' | 'members'): string {
  if (type === 'text') return 'VARCHAR'
  if (type === 'json') return names === 'members' ? 'JSON' : 'VARCHAR'
  if (type === 'map') return 'MAP(VARCHAR, VARCHAR)'
  if (type === 'integer') return 'INTEGER'
  if (type === 'double') return 'DOUBLE'
  if ('list' in type) return `${formatDuckDbType(type.list, names)}[]`
  const members = Object.entries(type.struct).map(
    ([name, member]) =>
      `"${names === 'columns' ? name.toLowerCase() : name}" ${formatDuckDbType(member, names)}`,
  )
  return `STRUCT(${members.join(', ')})`
}

/** What DuckDB's `json_transform` makes of JSON for a type: names as CloudTrail writes them. */
export function describeTransform(type: ColumnType): unknown {
  if (typeof type === 'string') return formatDuckDbType(type, 'columns')
  if ('list' in type) return [describeTransform(type.list)]
  return Object.fromEntries(
    Object.entries(type.struct).map(([name, member]) => [name, describeTransform(member)]),
  )
}

/** The statement that makes an archive, copied to S3, a table of Athena's or Trino's Hive catalog. `location` ends in a slash. */
export function formatAthenaTable(location: string): string {
  const columns = ARCHIVE_COLUMNS.map(
    ({ member, type }) => `  ${member.toLowerCase()} ${formatHiveType(type)}`,
  )
  return [
    'CREATE EXTERNAL TABLE cloudtrail_logs (',
    columns.join(',\n'),
    ')',
    `PARTITIONED BY (${PARTITION_COLUMNS.map((name) => `${name} string`).join(', ')})`,
    'STORED AS PARQUET',
    `LOCATION '${location.replaceAll("'", "''")}'`,
  ].join('\n')
}

function formatHiveType(type: ColumnType): string {
  if (type === 'text' || type === 'json') return 'string'
  if (type === 'map') return 'map<string,string>'
  if (type === 'integer') return 'int'
  if (type === 'double') return 'double'
  if ('list' in type) return `array<${formatHiveType(type.list)}>`
  const members = Object.entries(type.struct).map(
    ([name, member]) => `${name.toLowerCase()}:${formatHiveType(member)}`,
  )
  return `struct<${members.join(',')}>`
}
