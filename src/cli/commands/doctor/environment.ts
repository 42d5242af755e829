import { isHarnessError } from '../../../message/index.ts'
import { chooseMode } from '../../../session/index.ts'
import type { Project, SetupCheck } from './check.ts'

/** What variables of the environment say to the clients of ECS and to this package. Values that could be secret are not told. */
export function checkEnvironment({ env }: Project): SetupCheck[] {
  return [...checkMode(env), ...checkEndpoint(env), ...checkRegion(env), ...checkPreload(env)]
}

type Environment = Project['env']

function checkMode(env: Environment): SetupCheck[] {
  const [check, place] = ['mode', 'STARTTASK_MODE']
  try {
    const mode = chooseMode(undefined, { ...env })
    const told = env[place]
      ? `${place} is ${mode}`
      : `the mode is ${mode}, since ${place} says nothing`
    if (mode === 'replay' || mode === 'off') return [{ check, status: 'ok', fact: told }]
    if (env['CI']) {
      const fact = `${told} and CI is set: each run sends real requests to a service`
      return [
        {
          check,
          status: 'fail',
          fact,
          place,
          remedy: `leave ${place} out in CI, unless this job is there to record`,
        },
      ]
    }
    if (!env['STARTTASK_UPSTREAM']) {
      const fact = `${told}, which needs a service, and STARTTASK_UPSTREAM names none`
      return [
        {
          check,
          status: 'fail',
          fact,
          place,
          remedy: 'set STARTTASK_UPSTREAM to the URL of the service, or STARTTASK_MODE=replay',
        },
      ]
    }
    return [
      {
        check,
        status: 'warn',
        fact: `${told}: requests reach a service, and StartTask starts real tasks`,
        place,
        remedy: 'unset it for tests',
      },
    ]
  } catch (error) {
    if (!isHarnessError(error)) throw error
    const remedy = /remedy +(.*)/.exec(error.message)?.[1] ?? 'unset it'
    return [{ check, status: 'fail', fact: error.message.split('\n', 1)[0] ?? '', place, remedy }]
  }
}

const ENDPOINTS = ['AWS_ENDPOINT_URL_ECS', 'AWS_ENDPOINT_URL']

function checkEndpoint(env: Environment): SetupCheck[] {
  const check = 'endpoint'
  const place = ENDPOINTS.find((name) => env[name])
  if (place === undefined)
    return [
      {
        check,
        status: 'ok',
        fact: 'no variable names an endpoint; clients of ECS choose AWS’s own',
      },
    ]
  const against = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'].filter(
    (name) => env[name] === 'true',
  )
  if (against.length > 0) {
    const fact = `${place} and ${against.join(' and ')} are set: the SDKs refuse to combine them`
    return [
      {
        check,
        status: 'fail',
        fact,
        place: against.join(', '),
        remedy: `unset ${against.join(' and ')}`,
      },
    ]
  }
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') {
    const fact = `${place} is set and AWS_IGNORE_CONFIGURED_ENDPOINT_URLS has clients ignore it`
    return [
      { check, status: 'fail', fact, place, remedy: 'unset AWS_IGNORE_CONFIGURED_ENDPOINT_URLS' },
    ]
  }
  const fact = `${place} is set: clients of ECS go there, whatever a test expects; the AWS SDK for JavaScript 2 alone does not`
  return [
    {
      check,
      status: 'warn',
      fact,
      place,
      remedy: 'unset it, unless a replay server or a proxy is there',
    },
  ]
}

function checkRegion(env: Environment): SetupCheck[] {
  const check = 'region'
  const [sdk, cli] = [env['AWS_REGION'], env['AWS_DEFAULT_REGION']]
  if (!sdk === !cli) {
    const fact = sdk
      ? 'both region variables are set'
      : 'no region variable is set; starttask replay -- CMD sets both'
    return [{ check, status: 'ok', fact }]
  }
  const [place, missing, who] = sdk
    ? ['AWS_REGION', 'AWS_DEFAULT_REGION', 'aws-cli 1']
    : ['AWS_DEFAULT_REGION', 'AWS_REGION', 'the AWS SDK for JavaScript']
  return [
    {
      check,
      status: 'warn',
      fact: `${place} is set alone; ${who} reads ${missing}`,
      place,
      remedy: `set ${missing}, too`,
    },
  ]
}

/** What goes through a proxy of ours and is captured in the process is recorded twice. */
function checkPreload(env: Environment): SetupCheck[] {
  const isPreloaded = env['NODE_OPTIONS']?.includes('starttask-harness/register') === true
  const endpoint = env['AWS_ENDPOINT_URL_ECS'] ?? ''
  if (!isPreloaded || !/^https?:\/\/(?:127\.|localhost|\[::1\])/.test(endpoint)) return []
  const fact =
    'starttask-harness/register is preloaded, and AWS_ENDPOINT_URL_ECS names this machine: behind a recording proxy all is recorded twice'
  return [
    { check: 'preload', status: 'warn', fact, place: 'NODE_OPTIONS', remedy: 'use one of the two' },
  ]
}
