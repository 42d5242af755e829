import { check } from '../../contract/index.ts'
import { http } from './npm-install-save-dev-msw.ts'

export const handlers = [http, check, Date.now()]
