/** How long answers are held back, in milliseconds; a distribution is drawn from by a generator with a seed. */
export type Latency =
  | { readonly distribution: 'fixed'; readonly value: number }
  | { readonly distribution: 'uniform'; readonly min: number; readonly max: number; readonly seed: number }
  | {
      readonly distribution: 'normal'
      readonly mean: number
      readonly deviation: number
      readonly seed: number
    }
  | { readonly distribution: 'exponential'; readonly mean: number; readonly seed: number }

/** A latency to be drawn again and again: the same seed gives the same sequence. */
export function drawLatencies(latency: Latency): () => number {
  if (latency.distribution === 'fixed') return () => latency.value
  const random = randomFrom(latency.seed)
  if (latency.distribution === 'uniform') return () => latency.min + random() * (latency.max - latency.min)
  if (latency.distribution === 'exponential') return () => -Math.log(1 - random()) * latency.mean
  return () => Math.max(0, latency.mean + normalOf(random) * latency.deviation)
}

/** Box and Muller's transform. */
function normalOf(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Numbers from 0 to below 1: a 32-bit counter, its bits mixed by multiplication (splitmix32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}
