export const stray = true
