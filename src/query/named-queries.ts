/** Questions that come up after each incident, in the portable subset: the same text runs in DuckDB, Athena and Trino. */
export interface NamedQuery {
  name: string
  about: string
  sql: string
  /** Whether it asks for columns that an archive has, and CloudTrail has not. */
  needsArchive: boolean
}

/** What all of them begin with. */
const IS_START_TASK = `eventsource = 'ecs.amazonaws.com' and eventname = 'StartTask'`

const OUTCOME = `case
    when errorcode is not null then 'rejected'
    when json_extract_scalar(responseelements, '$.failures[0].reason') is null and json_extract_scalar(responseelements, '$.failures[0].arn') is null then 'started'
    when json_extract_scalar(responseelements, '$.tasks[0].taskArn') is null then 'unplaced'
    else 'partial'
  end`

/** A StartTask names ten container instances at most, so that its response has ten failures at most. */
const TEN = `(values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as place(number)`

/** What SDKs take for throttling, as @smithy/core 3 and botocore list it, and a form that CloudTrail writes for some services. */
const THROTTLING = `errorcode in (
    'BandwidthLimitExceeded', 'EC2ThrottledException', 'LimitExceededException', 'PriorRequestNotComplete', 'ProvisionedThroughputExceededException',
    'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException', 'SlowDown', 'ThrottledException', 'Throttling', 'ThrottlingException',
    'TooManyRequestsException', 'TransactionInProgressException', 'Client.RequestLimitExceeded'
  )`

/** The queries that ship. */
export const NAMED_QUERIES: readonly NamedQuery[] = [
  {
    name: 'outcomes',
    about: 'how StartTask ended, by minute and cluster',
    needsArchive: false,
    sql: `with launches as (
  select substr(eventtime, 1, 16) as minute,
  coalesce(regexp_extract(json_extract_scalar(requestparameters, '$.cluster'), '[^/]+$'), 'default or not told') as cluster,
  ${OUTCOME} as outcome
  from cloudtrail_logs
  where ${IS_START_TASK}
)
select minute, cluster, outcome, count(*) as requests
from launches
group by minute, cluster, outcome
order by minute, cluster, outcome`,
  },
  {
    name: 'errors',
    about: 'errors by code and message, with their first and last time',
    needsArchive: false,
    sql: `select errorcode, errormessage, count(*) as requests, min(eventtime) as first_time, max(eventtime) as last_time
from cloudtrail_logs
where ${IS_START_TASK} and errorcode is not null
group by errorcode, errormessage
order by requests desc, errorcode, errormessage`,
  },
  {
    name: 'failures',
    about: 'container instances that got no task, by reason: what HTTP 200 hides',
    needsArchive: false,
    sql: `with failures as (
  select eventtime,
  regexp_extract(json_extract_scalar(responseelements, '$.failures[' || cast(place.number as varchar) || '].arn'), '[^/]+$') as instance,
  json_extract_scalar(responseelements, '$.failures[' || cast(place.number as varchar) || '].reason') as reason
  from cloudtrail_logs
  cross join ${TEN}
  where ${IS_START_TASK} and errorcode is null
)
select instance, reason, count(*) as failures, min(eventtime) as first_time, max(eventtime) as last_time
from failures
where instance is not null or reason is not null
group by instance, reason
order by failures desc, instance, reason`,
  },
  {
    name: 'throttling',
    about: 'throttled requests by minute, and of how many',
    needsArchive: false,
    sql: `with minutes as (
  select substr(eventtime, 1, 16) as minute, count(*) as requests, count_if(${THROTTLING}) as throttled
  from cloudtrail_logs
  where ${IS_START_TASK}
  group by substr(eventtime, 1, 16)
)
select minute, throttled, requests
from minutes
where throttled > 0
order by minute`,
  },
  {
    name: 'repeats',
    about: 'equal requests within a minute that each started tasks: candidates for a double launch',
    needsArchive: false,
    sql: `with launches as (
  select eventtime, requestid, requestparameters,
  lag(eventtime) over (partition by requestparameters order by eventtime, requestid) as earlier
  from cloudtrail_logs
  where ${IS_START_TASK} and errorcode is null and json_extract_scalar(responseelements, '$.tasks[0].taskArn') is not null
)
select earlier as first_time, eventtime as again,
date_diff('second', from_iso8601_timestamp(earlier), from_iso8601_timestamp(eventtime)) as seconds,
json_extract_scalar(requestparameters, '$.taskDefinition') as task_definition,
json_extract_scalar(requestparameters, '$.startedBy') as started_by, requestid
from launches
where requestparameters is not null and date_diff('second', from_iso8601_timestamp(earlier), from_iso8601_timestamp(eventtime)) <= 60
order by again, requestid`,
  },
  {
    name: 'callers',
    about: 'who asked: startedBy and user agent, with how many requests and errors',
    needsArchive: false,
    sql: `select json_extract_scalar(requestparameters, '$.startedBy') as started_by, useragent, count(*) as requests, count(errorcode) as errors
from cloudtrail_logs
where ${IS_START_TASK}
group by json_extract_scalar(requestparameters, '$.startedBy'), useragent
order by requests desc, started_by, useragent`,
  },
  {
    name: 'events',
    about: 'the records themselves, for --import',
    needsArchive: false,
    sql: `select eventversion, eventtime, eventsource, eventname, awsregion, useragent, errorcode, errormessage, requestparameters, responseelements, requestid, eventid
from cloudtrail_logs
where ${IS_START_TASK}
order by eventtime, requestid, eventid`,
  },
  {
    name: 'latency',
    about: 'how long responses took, by minute, where recordings know it',
    needsArchive: true,
    sql: `select substr(eventtime, 1, 16) as minute, count(*) as requests, round(avg(starttask_elapsed_ms), 1) as mean_ms,
approx_percentile(starttask_elapsed_ms, 0.5) as median_ms, approx_percentile(starttask_elapsed_ms, 0.99) as p99_ms, max(starttask_elapsed_ms) as longest_ms
from cloudtrail_logs
where ${IS_START_TASK} and starttask_elapsed_ms is not null
group by substr(eventtime, 1, 16)
order by minute`,
  },
]
