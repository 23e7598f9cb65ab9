import type { Params } from './rack-params.ts'

/** A quote, an escape, or a number: enough to tell the numbers of valid JSON from digits within its texts. */
const TOKEN = /"|\\.|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
/** Whether a number may be among them that JavaScript would write otherwise than Ruby does. */
const SUSPICIOUS = /\d(?:\.\d|[eE])|\d{16}/

/** Where the parameters of a JSON body keep those of their numbers that turn into other texts in Ruby. */
const WRITTEN = Symbol('written')

interface Written {
  readonly [WRITTEN]?: Params
}

/**
 * The parameters of a JSON body, knowing how Ruby would write their numbers: `1.0` is no `1` there, and integers may have any
 * length. `params` are what `json`, which is valid, was parsed to.
 */
export function keepNumbers(params: Params, json: string): Params {
  if (!SUSPICIOUS.test(json)) return params
  return { ...params, [WRITTEN]: JSON.parse(withTexts(json)) as Params }
}

/** What a number becomes where a text is wanted. */
export function textOfNumber(params: Params, name: string): string {
  return String((params as Written)[WRITTEN]?.[name] ?? params[name])
}

function withTexts(json: string): string {
  let isText = false
  return json.replace(TOKEN, (token) => {
    if (token === '"') isText = !isText
    if (isText || token === '"' || token.startsWith('\\')) return token
    const written = rubyText(token)
    return written === String(Number(token)) ? token : `"${written}"`
  })
}

/** Ruby's Integer#to_s, and Float#to_s of numbers without a fraction. */
function rubyText(token: string): string {
  if (/^-?\d+$/.test(token)) return token === '-0' ? '0' : token
  const value = Number(token)
  if (!Number.isInteger(value)) return String(value)
  if (Math.abs(value) < 1e16) return value.toFixed(1)
  const [mantissa = '', exponent = ''] = value.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}e${exponent}`
}
