import { http } from 'msw'

export const handle = http
