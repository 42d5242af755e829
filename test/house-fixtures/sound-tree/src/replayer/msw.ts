import { http } from 'msw'

import { check } from '../contract/index.ts'

export const handlers = [http, check, Date.now()]
