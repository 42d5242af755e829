export const OLDEST_NODE = '22.20.0'
