declare module 'vitest' {
  interface Matchers { toBeNear: () => void }
}
export type Near = number
