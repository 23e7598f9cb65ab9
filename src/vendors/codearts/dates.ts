/** `2022-03-08T03:14:39.000Z`, from seconds. */
export function dateOf(seconds: number): string {
  return dateOfMilliseconds(seconds * 1000)
}

export function dateOfMilliseconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:?\d{2})?)?$/

/** Seconds of an ISO 8601 text, in UTC where it names no zone; null when it cannot be read. */
export function readInstant(text: string): number | null {
  const [, date, time = '00:00:00', zone = 'Z'] = INSTANT.exec(text) ?? []
  if (date === undefined) return null
  const milliseconds = Date.parse(`${date}T${time}${zone.replace(/(\d{2})(\d{2})$/, '$1:$2')}`)
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000
}
