import { check } from '../../contract/index.ts'
import { http } from 'msw'

export const handlers = [http, check, Date.now()]
