import { inspect } from 'node:util'
import './node-version.ts'
import { check } from './contract/index.ts'

export const show = () => inspect(check)
