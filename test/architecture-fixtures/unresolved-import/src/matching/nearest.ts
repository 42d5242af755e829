export const nearest = 1
