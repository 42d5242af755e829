export async function findNearest() {
  const { createReplayer } = await import('../replayer/index.ts')
  return createReplayer()
}
