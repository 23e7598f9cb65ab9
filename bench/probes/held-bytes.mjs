import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

/** What is still held once everything that nobody needs has been collected: the heap, and buffers beside it. */
export function heldBytes() {
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** The same a moment later: buffers are given back by another thread, and some things end with a turn of the event loop. */
export async function settledBytes() {
  collect()
  await sleep(5)
  return heldBytes()
}
