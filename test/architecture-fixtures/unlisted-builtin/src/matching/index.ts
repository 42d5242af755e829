export const sockets = process.getBuiltinModule('node:dgram')
