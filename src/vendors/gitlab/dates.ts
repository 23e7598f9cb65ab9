/** `2023-12-06T01:50:27.000+02:00`: a commit's moment in the offset it was made in; UTC is `+00:00`. Seconds and minutes in. */
export function commitDate({ time, offset }: { readonly time: number; readonly offset: number }): string {
  const local = new Date((time + offset * 60) * 1000).toISOString().slice(0, -1)
  const minutes = Math.abs(offset)
  const zone = `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
  return `${local}${offset < 0 ? '-' : '+'}${zone}`
}

/** `2023-10-12T02:16:52.000Z`: tags, releases and users, from epoch milliseconds. */
export function utcDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}(?:\.\d+)?))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i

/** Epoch milliseconds of an ISO 8601 text, in UTC where it names no zone; null when it cannot be read. */
export function readInstant(text: string): number | null {
  const [, date, time = '00:00', seconds = '00', zone = 'Z'] = INSTANT.exec(text.trim()) ?? []
  if (date === undefined) return null
  const offset = /^[+-]/.test(zone) ? zone.replace(/:?(\d{2})$/, ':$1') : 'Z'
  const milliseconds = Date.parse(`${date}T${time}:${seconds}${offset}`)
  return Number.isNaN(milliseconds) ? null : milliseconds
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
