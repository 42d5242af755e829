"""Verifies AWS Signature Version 4 with botocore's own signer, which shares no code with what made the signature.

Reads JSON lines { "headers": [[name, value], ...], "body": base64, "url", "accessKeyId", "secretAccessKey", "sessionToken" } and answers each
with a line: "right", or what is wrong.
"""

import base64
import json
import re
import sys

from hashlib import sha256

from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def verify(told):
    headers = {name.lower(): value for name, value in told["headers"]}
    match = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})",
        headers.get("authorization", ""),
    )
    if not match:
        return "no signature"
    key_id, day, region, service, names, signature = match.groups()
    if key_id != told["accessKeyId"]:
        return "another key id"
    if headers.get("x-amz-security-token") != told.get("sessionToken"):
        return "another session token"
    if not headers.get("x-amz-date", "").startswith(day):
        return "another day"
    body = base64.b64decode(told["body"])
    request = AWSRequest(method="POST", url=told["url"], data=body, headers={name: headers[name] for name in names.split(";")})
    request.context["timestamp"] = headers["x-amz-date"]
    signer = auth.SigV4Auth(Credentials(key_id, told["secretAccessKey"]), service, region)
    if headers.get("x-amz-content-sha256", sha256(body).hexdigest()) != sha256(body).hexdigest():
        return "another body"
    text = signer.string_to_sign(request, signer.canonical_request(request))
    return "right" if signer.signature(text, request) == signature else "another signature"


for line in sys.stdin:
    print(verify(json.loads(line)), flush=True)
