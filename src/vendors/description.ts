/**
 * What an OpenAPI document says of a vendor beyond what its routes and their schemas tell. Each has one of these beside its
 * code, in `description.ts`; it is loaded when somebody asks for a document, so that no start pays for it.
 */

export interface JsonSchema {
  readonly [keyword: string]: unknown
}

export interface HeaderDescription {
  readonly description: string
  readonly schema: JsonSchema
  /** Every such answer has it. */
  readonly required?: boolean
}

export type Headers = Readonly<Record<string, HeaderDescription>>

/** An answer that no schema of a route tells of. */
export interface AnswerDescription {
  readonly description: string
  /** By media type; absent: no body. */
  readonly content?: Readonly<Record<string, JsonSchema>>
  readonly headers?: Headers
}

/** By status. */
export type Answers = Readonly<Record<number, AnswerDescription>>

/** One of several routes of an operation: `GET /project/my`. */
export interface RouteVariant {
  /** Its own name, as those of operations are. */
  readonly id: string
  readonly summary: string
}

export interface VendorDescription {
  /** What the API is, and whatever holds for all of it. */
  readonly about: string
  /** Where the vendor documents it. */
  readonly documentation: string
  /** Where the routes can be found below the mount's prefix; '' is there itself. Routes below the others are the same again. */
  readonly bases: readonly ['', ...string[]]
  readonly securitySchemes: Readonly<Record<string, JsonSchema>>
  /** What lets a request in: any one of these. An empty one stands for no credential. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  /** Operations that ask for no credential, without the vendor's name. */
  readonly open: readonly string[]
  readonly bodies: {
    /** Media types that are read. */
    readonly types: readonly string[]
    /** Fields may stand in the query instead. */
    readonly mayBeQuery: boolean
  }
  /** Parameters of a query are never required, and what does not fit is left out instead of refused. */
  readonly isLenient: boolean
  /** Parameters of the query that an operation reads although its schema does not name them. */
  alsoReads(parameters: readonly string[]): Readonly<Record<string, JsonSchema>>
  /** What parameters mean whose schema does not say so, by name. */
  readonly meanings: Readonly<Record<string, string>>
  /** What the rest of a path is called that a route takes whole, by operation. */
  readonly wildcards: Readonly<Record<string, string>>
  /** Of all answers below a path, whatever their status. */
  headersAt(path: string): Headers
  /** Of the good answers of an operation, whose query parameters are named. */
  headersOf(operation: string, parameters: readonly string[]): Headers
  /** The media types that such an answer can have, as the client wishes. */
  typesOf(operation: string, parameters: readonly string[]): readonly string[]
  /** Good answers that the schemas of the routes do not tell of, by operation; those of routes without any are 204. */
  readonly answers: Readonly<Record<string, Answers>>
  /** What any operation can answer beside that, though it is no refusal: a redirect, 304. */
  answersTo(method: string, path: string): Answers
  /** By media type, with references to `errorSchemas`: what a refusal below a path looks like. */
  errorsAt(path: string): Readonly<Record<string, JsonSchema>>
  /** By name. */
  readonly errorSchemas: Readonly<Record<string, JsonSchema>>
  /**
   * Names for those who generate types, and where such a schema can be found: an operation, `body` for what it takes instead
   * of what it answers, and names of properties or `items`, all with blanks between them.
   */
  readonly schemas: Readonly<Record<string, string>>
  readonly variants: Readonly<Record<string, RouteVariant>>
  /** Operations that are left out: they only tell that nothing is there. */
  readonly unlisted: readonly string[]
}
