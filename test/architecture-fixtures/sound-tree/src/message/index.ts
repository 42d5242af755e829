export const message = 'fact, place, remedy'
