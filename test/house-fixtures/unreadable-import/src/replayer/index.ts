const room = 'matching'
export const load = () => import(`../${room}/index.ts`)
export const loadRoom = () => import(room)
