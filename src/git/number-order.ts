/**
 * The places of numbers from the least to the greatest, equal ones in their order. A number and its place are sorted as one
 * number: a hundred thousand calls of a comparison would hold up others for a tenth of a second.
 */
export function orderOf(numbers: Float64Array): Uint32Array {
  const count = numbers.length
  const keys = new Float64Array(count)
  for (let at = 0; at < count; at += 1) keys[at] = numbers[at]! * count + at
  keys.sort()
  const order = new Uint32Array(count)
  if (!Number.isSafeInteger(keys[0] ?? 0) || !Number.isSafeInteger(keys.at(-1) ?? 0)) {
    for (let at = 0; at < count; at += 1) order[at] = at
    return order.sort((a, b) => numbers[a]! - numbers[b]! || a - b)
  }
  for (let at = 0; at < count; at += 1) order[at] = keys[at]! - Math.floor(keys[at]! / count) * count
  return order
}
