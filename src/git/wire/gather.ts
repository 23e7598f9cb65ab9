import { encodeLine, FLUSH, lengthDigits } from './pkt-line.ts'

const ENOUGH = 64 * 1024

const ASCII = /^[\0-\x7f]*$/

/**
 * Lines as packets and a flush, in chunks of some 64 kB: one write to a socket costs more than a hundred lines of refs. What is all
 * ASCII, as nearly all refs are, is put together as text, since a Buffer of its own for each line costs most of the work.
 */
export function* gatherLines(lines: Iterable<string>): Generator<Buffer> {
  let gathered: Buffer[] = []
  let size = 0
  let text = ''
  for (const line of lines) {
    if (ASCII.test(line)) {
      // A newline comes with each.
      text += `${digitsOf(line.length + 1)}${line}\n`
    } else {
      const packet = encodeLine(line)
      gathered.push(Buffer.from(text, 'latin1'), packet)
      size += text.length + packet.length
      text = ''
    }
    if (size + text.length < ENOUGH) continue
    yield Buffer.concat([...gathered, Buffer.from(text, 'latin1')])
    gathered = []
    size = 0
    text = ''
  }
  yield Buffer.concat([...gathered, Buffer.from(text, 'latin1'), FLUSH])
}

/** The length digits of short packets. */
const known = Array.from({ length: 512 }, (_, size) => lengthDigits(size))

function digitsOf(size: number): string {
  return known[size] ?? lengthDigits(size)
}
