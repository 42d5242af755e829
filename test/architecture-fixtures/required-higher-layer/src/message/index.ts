export const createRequire = () => (file: string) => file
