import { startNockRecording } from '../../../src/nock/index.ts'
import { followPlan, type Plan, readOptions } from './plan.ts'

const plan: Plan = JSON.parse(process.argv[2] ?? '')
const report = await followPlan(plan, async () => ({
  recorder: await startNockRecording(readOptions(plan)),
  url: plan.url,
}))
process.stdout.write(JSON.stringify(report))
