import { performance } from 'node:perf_hooks'
import { summarize } from './statistics.mjs'

/**
 * Runs contenders in turns, so that a machine which slows down for a while slows all of them down, and each second
 * round backwards, so that nobody always runs behind the same other one.
 *
 * A contender is an async function. What it returns is the sample: a number, or an object of numbers for several
 * figures of one run (`{ rate, cpu }`); when it returns nothing, the sample is its time in milliseconds.
 *
 * @param {Record<string, (round: number) => unknown>} contenders
 * @param {{ rounds?: number, warmup?: number }} [options] warmup: rounds that are run and forgotten
 * @returns {Promise<Record<string, any>>} per contender a summary (see statistics.mjs), or an object of them
 */
export async function sideBySide(contenders, { rounds = 5, warmup = 1 } = {}) {
  const names = Object.keys(contenders)
  const samples = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = -warmup; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const sample = await takeSample(contenders[name], round)
      if (round >= 0) samples[name].push(sample)
    }
  }
  return Object.fromEntries(names.map((name) => [name, summarizeSamples(samples[name])]))
}

async function takeSample(contender, round) {
  const started = performance.now()
  const sample = await contender(round)
  return sample === undefined ? performance.now() - started : sample
}

function summarizeSamples(samples) {
  if (typeof samples[0] === 'number') return summarize(samples)
  const figures = Object.keys(samples[0])
  return Object.fromEntries(
    figures.map((figure) => [figure, summarize(samples.map((sample) => sample[figure]))]),
  )
}
