// An app of CommonJS: sends one request by node:http and exits as soon as it has the response.
const http = require('node:http')

const [, , url, startedBy] = process.argv
const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }
const body = JSON.stringify({ taskDefinition: 'web', containerInstances: ['ci-a'], startedBy })
const request = http.request(url, { method: 'POST', headers }, (response) =>
  response.resume().on('end', () => process.exit(response.statusCode === 200 ? 0 : 4)),
)
request.end(body)
