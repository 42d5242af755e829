const module = 'matching'
export const load = () => import(`../${module}/index.ts`)
export const loadModule = () => import(module)
