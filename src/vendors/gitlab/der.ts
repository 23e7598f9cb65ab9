/** One element of a DER encoding (X.690): its tag byte, its content, and itself whole. */
export interface Element {
  readonly tag: number
  readonly content: Buffer
  readonly whole: Buffer
}

/** Thrown for bytes that are not DER, or not of the shape that was looked for. */
export class NotDer extends Error {}

export const TAG = { integer: 0x02, oid: 0x06, sequence: 0x30, set: 0x31 } as const

/** The elements that lie side by side in `bytes`. Throws NotDer. */
export function readElements(bytes: Buffer): Element[] {
  const elements: Element[] = []
  let at = 0
  while (at < bytes.length) {
    const element = readElement(bytes, at)
    elements.push(element)
    at += element.whole.length
  }
  return elements
}

/** The elements inside the first of `elements` that has `tag`. Throws NotDer when there is none. */
export function inside(elements: readonly Element[], tag: number): Element[] {
  return readElements(find(elements, tag).content)
}

/** Throws NotDer. */
export function find(elements: readonly Element[], tag: number): Element {
  const found = elements.find((element) => element.tag === tag)
  if (!found) throw new NotDer(`no element ${tag}`)
  return found
}

export function readInteger({ content }: Element): bigint {
  return content.length === 0 ? 0n : BigInt.asIntN(content.length * 8, BigInt(`0x${content.toString('hex')}`))
}

function readElement(bytes: Buffer, at: number): Element {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  // Tags above 30 take more bytes; neither CMS nor X.509 uses them.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new NotDer('no tag')
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (lengthBytes > 4 || (first >= 0x80 && lengthBytes === 0)) throw new NotDer('no length')
  const start = at + 2 + lengthBytes
  if (start > bytes.length) throw new NotDer('cut short')
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes)
  if (start + length > bytes.length) throw new NotDer('cut short')
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) }
}
