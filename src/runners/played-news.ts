import { type Tracked, watchReplayers } from '../replayer/engine/index.ts'

/** A replayer of this process, whoever made it; held until it was told of, and then no longer than by others. */
interface Watched {
  replayer: Tracked | undefined
  reference: WeakRef<Tracked>
  /** How often it had played when it was told of. */
  told: number
}

/** Watches the replayers that are made from now on; the function gives those that are new, or have played since it was asked last. */
export function watchPlayed(): () => Tracked[] {
  let watched: Watched[] = []
  watchReplayers((replayer) =>
    watched.push({ replayer, reference: new WeakRef(replayer), told: -1 }),
  )
  return () => {
    watched = watched.filter(({ reference }) => reference.deref() !== undefined)
    return watched.flatMap((one) => {
      const replayer = one.reference.deref()
      if (!replayer) return []
      const played = countPlayed(replayer)
      if (played === one.told) return []
      Object.assign(one, { told: played, replayer: undefined })
      return [replayer]
    })
  }
}

function countPlayed(replayer: Tracked): number {
  return replayer.used().reduce((sum, { times }) => sum + times, 0)
}
