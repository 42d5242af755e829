import { devNull, tmpdir } from 'node:os'

/** What aws-cli and boto3 may see of this machine: placeholder credentials, a region, no configuration and no instance metadata. */
export const OFFLINE_ENVIRONMENT = {
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
}
