export const createReplayer = () => undefined
