import type { Bonds } from './bonds.ts'
import type { DifferenceKind } from './difference.ts'
import { CLOSE, type Leaf, OPEN } from './marked.ts'

/** What stands where a secret was. */
const MASK = '***'

/** How two values differ; null when they are the same. */
export function leafDifference(expected: Leaf, actual: Leaf, bonds: Bonds): DifferenceKind | null {
  if (isMasked(expected, actual) || isMasked(actual, expected)) return null
  if (expected.type !== actual.type) return 'type'
  if (expected.template !== actual.template) return isSameButForm(expected, actual) ? 'form' : 'value'
  const isSame = expected.references.every((reference, i) => bonds.agrees(reference, actual.references[i]))
  return isSame ? null : 'reference'
}

/** Of a secret nothing is known but that there is one. */
function isMasked(masked: Leaf, open: Leaf): boolean {
  if (masked.type !== 'string' || !masked.template.includes(MASK) || open.type === 'null') return false
  const pattern = masked.template
    .split(MASK)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .join('[^]+')
  return new RegExp(`^${pattern}$`).test(open.template)
}

function isSameButForm({ template }: Leaf, actual: Leaf): boolean {
  const formless = (text: string) =>
    text.replace(new RegExp(`${OPEN}(date|sha)[^${CLOSE}]*${CLOSE}`, 'g'), `${OPEN}$1${CLOSE}`)
  return formless(template) === formless(actual.template)
}
