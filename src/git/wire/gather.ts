const ENOUGH = 64 * 1024

/** Joins small pieces into chunks of some 64 kB: one write to a socket costs more than a hundred lines of refs. */
export function* gatherBytes(pieces: Iterable<Buffer>): Generator<Buffer> {
  let gathered: Buffer[] = []
  let size = 0
  for (const piece of pieces) {
    gathered.push(piece)
    size += piece.length
    if (size < ENOUGH) continue
    yield Buffer.concat(gathered, size)
    gathered = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(gathered, size)
}
