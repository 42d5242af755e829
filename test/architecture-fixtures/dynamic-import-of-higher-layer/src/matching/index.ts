export async function findNearest() {
  const { createReplayer } = await import('../replayer/engine/index.ts')
  return createReplayer()
}
