export const check = () => []
