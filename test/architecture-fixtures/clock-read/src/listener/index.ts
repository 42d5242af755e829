export const wait = () => setTimeout(() => {}, 1)
