/** Whether the month has the day that a text begins with, as `2024-02-29`: Date.parse takes 31 February for 2 March. */
export function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number)
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  return midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day
}
