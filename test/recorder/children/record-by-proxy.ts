import { followPlan, type Plan, startProxyFor } from './plan.ts'

const plan: Plan = JSON.parse(process.argv[2] ?? '')
process.stdout.write(JSON.stringify(await followPlan(plan, () => startProxyFor(plan))))
