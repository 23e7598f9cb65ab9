/** Whether a text counts as not given. Only ASCII white space is blank, as for Java's `trim`; git takes any other for a name. */
export function isBlank(text: string): boolean {
  return /^[\t-\r ]*$/.test(text)
}
