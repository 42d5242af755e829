export const name = () => Math.random()
