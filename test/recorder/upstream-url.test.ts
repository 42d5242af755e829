import { expect, test } from 'vitest'

import { parseUpstream } from '../../src/recorder/index.ts'

// The suffixes of every partition, as the AWS SDK lists them: plain and dual-stack.
test.each([
  ['https://ecs.us-east-1.amazonaws.com', 'us-east-1'],
  ['https://ecs.us-east-1.amazonaws.com.', 'us-east-1'],
  ['https://ecs-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
  ['https://ECS.cn-north-1.AMAZONAWS.com.cn/', 'cn-north-1'],
  ['https://ecs.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1'],
  ['https://ecs.us-iso-east-1.c2s.ic.gov', 'us-iso-east-1'],
  ['https://ecs.us-isob-east-1.sc2s.sgov.gov', 'us-isob-east-1'],
  ['https://ecs.eu-isoe-west-1.cloud.adc-e.uk', 'eu-isoe-west-1'],
  ['https://ecs.us-isof-south-1.csp.hci.ic.gov', 'us-isof-south-1'],
  ['https://ecs.us-east-1.api.aws', 'us-east-1'],
  ['https://ecs-fips.us-west-2.api.aws', 'us-west-2'],
  ['https://ecs.cn-north-1.api.amazonwebservices.com.cn', 'cn-north-1'],
  ['https://ecs.eusc-de-east-1.api.amazonwebservices.eu', 'eusc-de-east-1'],
  ['https://ecs.us-iso-east-1.api.aws.ic.gov', 'us-iso-east-1'],
  ['https://ecs.us-isob-east-1.api.aws.scloud', 'us-isob-east-1'],
  ['https://ecs.eu-isoe-west-1.api.cloud-aws.adc-e.uk', 'eu-isoe-west-1'],
  ['https://ecs.us-isof-south-1.api.aws.hci.ic.gov', 'us-isof-south-1'],
  ['https://vpce-0a1b-2c3d.ecs.eu-central-1.vpce.amazonaws.com:443', 'eu-central-1'],
])('knows %s as an endpoint of AWS, and its region', (url, region) => {
  expect(parseUpstream(url)).toMatchObject({ isAws: true, region })
})

test.each([
  'https://notamazonaws.com',
  'https://amazonaws.com.invalid',
  'http://127.0.0.1:5000',
  'https://ecs.example.api.awsx',
])('takes %s for a service of somebody else', (url) => {
  expect(parseUpstream(url)).toMatchObject({ isAws: false, region: undefined })
})
