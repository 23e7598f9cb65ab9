/** How a vendor's lists say that they go on; for those who look whether a client has read them to the end. */

/** A page of a list as it went over the wire. */
export interface ReadPage {
  readonly query: URLSearchParams
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** The beginning of the body, or all of it. */
  readonly text: string
}

export interface PageDialect {
  /** Parameters that say which page is meant, and what each says of the first one. */
  readonly place: Readonly<Record<string, string>>
  /** Parameters that say how many entries a page has. */
  readonly size: readonly string[]
  /** What a client has to look at, in words. */
  readonly sign: string
  /** What asks for the page after this one, `page=2`; null when this is the last one, no page at all, or cut off too early. */
  next(page: ReadPage): string | null
}
