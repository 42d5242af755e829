"""Sends StartTask requests with boto3, one after the other, and prints what the caller gets of each. Arguments: url, JSON of the inputs."""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ecs = boto3.client("ecs", endpoint_url=sys.argv[1], config=Config(retries={"total_max_attempts": 1}))
met = []
for told in json.loads(sys.argv[2]):
    try:
        answer = ecs.start_task(**told)
        answer.pop("ResponseMetadata")
        met.append(answer)
    except ClientError as error:
        met.append({"error": error.response["Error"]["Code"], "message": str(error)})
print(json.dumps(met, default=str))
