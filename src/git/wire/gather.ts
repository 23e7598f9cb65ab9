import { encodeLine, FLUSH, lengthDigits } from './pkt-line.ts'

const ENOUGH = 64 * 1024

const ASCII = /^[\0-\x7f]*$/

/**
 * Lines as packets and a flush, in chunks of some 64 kB: one write to a socket costs more than a hundred lines of refs. They are
 * put together as text, since a Buffer of its own for each line costs most of the work; and it is looked at once for each
 * chunk, whether the text is all ASCII, as that of nearly all refs is, and so has as many bytes as characters.
 */
export function* gatherLines(lines: Iterable<string>): Generator<Buffer> {
  let gathered: string[] = []
  let text = ''
  for (const line of lines) {
    gathered.push(line)
    // A newline comes with each.
    text += `${digitsOf(line.length + 1)}${line}\n`
    if (text.length < ENOUGH) continue
    yield encodeLines(gathered, text)
    gathered = []
    text = ''
  }
  yield Buffer.concat([encodeLines(gathered, text), FLUSH])
}

/** `text` are their packets, measured in characters. */
function encodeLines(lines: readonly string[], text: string): Buffer {
  return ASCII.test(text) ? Buffer.from(text, 'latin1') : Buffer.concat(lines.map(encodeLine))
}

/** The length digits of short packets. */
const known = Array.from({ length: 512 }, (_, size) => lengthDigits(size))

function digitsOf(size: number): string {
  return known[size] ?? lengthDigits(size)
}
