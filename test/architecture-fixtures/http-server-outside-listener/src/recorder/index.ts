import { request } from 'node:https'
import { createServer, request as requestPlain } from 'node:http'

export const calls = [request, requestPlain, createServer]
