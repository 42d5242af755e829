"""Sends one StartTask request with boto3: the JSON of its members is the one argument, the endpoint is AWS_ENDPOINT_URL_ECS.

An error that the service answers is no failure here.
"""

import json
import sys

import boto3
from botocore.exceptions import ClientError

try:
    answer = boto3.client("ecs").start_task(**json.loads(sys.argv[1]))
    print(len(answer["tasks"]), "tasks,", len(answer["failures"]), "failures")
except ClientError as error:
    print(error)
