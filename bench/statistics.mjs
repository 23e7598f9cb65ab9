/** What a row is made of: figures of several rounds put into one. */

/** @param {readonly number[]} values at least one */
export function median(values) {
  return quantile(values, 0.5)
}

/** The value below which a share of the values lies, interpolated between neighbours. */
export function quantile(values, share) {
  if (values.length === 0) throw new RangeError('no values')
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  return below + (above - below) * (place - Math.floor(place))
}

/**
 * Median, extremes and spread of samples.
 * @returns {{ median: number, low: number, high: number, spread: number, samples: number[] }} spread: the distance
 *   between the quartiles as a part of the median; 0.1 means that half of the rounds lie within 10 %
 */
export function summarize(samples) {
  const middle = median(samples)
  const distance = quantile(samples, 0.75) - quantile(samples, 0.25)
  return {
    median: middle,
    low: Math.min(...samples),
    high: Math.max(...samples),
    spread: middle === 0 ? 0 : distance / middle,
    samples: [...samples],
  }
}
