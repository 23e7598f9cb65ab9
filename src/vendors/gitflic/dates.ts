/** Seconds from 1970 to the last day that a Date can name; git's own moments go further. */
const LAST_MOMENT = 8_640_000_000_000

/** `2024-05-14T08:57:19Z`: what git keeps, from epoch seconds; the zone it was made in is lost. */
export function gitDate(seconds: number): string {
  return new Date(Math.min(seconds, LAST_MOMENT) * 1000).toISOString().replace('.000Z', 'Z')
}

/** `2024-05-17T09:59:30.635000Z`: what the database keeps, from epoch milliseconds. */
export function databaseDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z')
}
