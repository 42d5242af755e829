import { message } from '../message/index.ts'

export const AWS_JSON = `application/x-amz-json-1.1 ${message}`
