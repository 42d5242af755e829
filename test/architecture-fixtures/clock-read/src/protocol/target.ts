export const AWS_JSON = 'application/x-amz-json-1.1'
