/** Whether a text counts as not given. Blank is what Java's `trim` cuts off, space and what is below it; git takes other white space for a name. */
export function isBlank(text: string): boolean {
  return /^[\0-\x20]*$/.test(text)
}
