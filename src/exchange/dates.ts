/** Instants in the forms that servers write them in. What differs from run to run is the instant, not the form. */

const ISO =
  /^(\d{4})([-/])\d\d\2\d\d(?:([T ])\d\d:\d\d(:\d\d(?:[.,](\d+))?)?( ?)(Z|[+-]\d\d(?::?\d\d)?(?:\[[\w/]+\])?)?)?$/
const HTTP = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})$/

/** Names of fields that hold instants. */
const DATED = /date$|dated?_?on$|(?:_at|At)$|time(?:stamp)?$|_on$/i

/** Earlier than this, a number in such a field is an amount: seconds of 2001, milliseconds of 1970-04-26. */
const FIRST_SECOND = 1e9
const FIRST_MILLISECOND = 1e11

export interface WrittenDate {
  /** `T+00:00 ms`: all about the way in which it is written. */
  readonly form: string
  /** Epoch milliseconds; NaN for one that no calendar has. */
  readonly instant: number
}

/** What a text says if it is nothing but an instant. `key` is the name of the field that it stands in. */
export function readDate(text: string, key: string): WrittenDate | null {
  if (HTTP.test(text)) return { form: 'http', instant: Date.parse(text) }
  const match = ISO.exec(text)
  if (!match) return null
  const [, , mark, separator, seconds, fraction, space, zone = ''] = match
  // A tag may be called 2024-01-31: a day alone counts only where instants are expected.
  if (separator === undefined)
    return DATED.test(key) ? { form: `day${mark}`, instant: Date.parse(text.replaceAll('/', '-')) } : null
  const form = [
    `${mark === '-' ? '' : mark}${separator === 'T' ? 'T' : 'space '}${space === '' ? '' : 'space before '}${zoneForm(zone)}`,
    seconds === undefined ? 'minutes' : precision(fraction),
  ]
  const plain = text
    .replaceAll('/', '-')
    .replace(',', '.')
    .replace(/\[.*/, '')
    .replace(/ (?=[Z+-])/, '')
  return { form: form.join(' '), instant: Date.parse(plain.replace(' ', 'T')) }
}

/** The same for a number. */
export function readEpoch(value: number, key: string): WrittenDate | null {
  if (!DATED.test(key) || !Number.isInteger(value) || value < FIRST_SECOND) return null
  return value >= FIRST_MILLISECOND
    ? { form: 'epoch ms', instant: value }
    : { form: 'epoch s', instant: value * 1000 }
}

/** The offset itself belongs to the instant; whether there is one, and how it is spelt, to the form. */
function zoneForm(zone: string): string {
  if (zone === '') return 'no zone'
  if (zone === 'Z') return 'Z'
  return zone.replace(/\[.*/, '[zone]').replace(/^[+-]/, '±').replace(/\d/g, '0')
}

function precision(fraction: string | undefined): string {
  if (fraction === undefined) return 's'
  return (
    ({ 3: 'ms', 6: 'µs', 9: 'ns' } as Record<number, string>)[fraction.length] ?? `${fraction.length} digits`
  )
}
