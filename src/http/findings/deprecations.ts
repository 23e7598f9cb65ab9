import type { DeclaredFields } from '../journal/exchange.ts'
import { unreadFields } from '../journal/unread-fields.ts'
import type { Finding } from './finding.ts'
import { readFieldPath, type Shape, shapeAt, shapesOf } from './known-names.ts'
import { findingAbout, type SeenRequest } from './seen-request.ts'

/** What a client uses although its vendor advises against it: routes, and fields of others. */
export function findDeprecations(request: SeenRequest): Finding[] {
  const { declared } = request.exchange
  if (!declared) return []
  const { deprecated } = declared
  const fields = fieldsInUse(request, declared)
  return [
    ...(deprecated
      ? [
          findingAbout(
            request,
            'deprecated-route',
            `${request.entry.operation} is deprecated${deprecated.since ? ` since ${deprecated.since}` : ''}.`,
            `Use ${deprecated.use}.`,
          ),
        ]
      : []),
    ...fields.map((field) =>
      findingAbout(
        request,
        'deprecated-parameter',
        `${field} is deprecated.`,
        adviceOf(field, declared) ?? 'Leave it out.',
      ),
    ),
  ]
}

/** What would be unread if the deprecated fields were gone already, and is read as yet. */
function fieldsInUse({ exchange, entry }: SeenRequest, declared: DeclaredFields): string[] {
  const later = withoutDeprecated(declared)
  if (later === declared) return []
  const { headers, body } = entry.request
  const type = String([headers['content-type'] ?? ''].flat()[0]).toLowerCase()
  const sent = { query: entry.query, type, body: body.cut ? null : body.text }
  return unreadFields(sent, later, exchange.habits).filter((field) => !entry.unread.includes(field))
}

const known = new WeakMap<DeclaredFields, DeclaredFields>()

function withoutDeprecated(declared: DeclaredFields): DeclaredFields {
  const before = known.get(declared)
  if (before) return before
  const [querystring, body] = shapesOf(declared).map((shape) => shape && prune(shape))
  const isSame = querystring === declared.querystring && body === declared.body
  const pruned = isSame ? declared : { ...declared, querystring, body }
  known.set(declared, pruned)
  return pruned
}

/** The very same shape where nothing in it is deprecated. */
function prune(shape: Shape): Shape {
  const { properties, items, anyOf } = shape
  const kept = Object.entries(properties ?? {}).filter(([, inner]) => !inner.deprecated)
  const pruned = {
    ...(properties && { properties: Object.fromEntries(kept.map(([name, inner]) => [name, prune(inner)])) }),
    ...(items && { items: prune(items) }),
    ...(anyOf && { anyOf: anyOf.map(prune) }),
  }
  const isSame =
    kept.length === Object.keys(properties ?? {}).length &&
    kept.every(([name, inner]) => pruned.properties?.[name] === inner) &&
    pruned.items === items &&
    (anyOf ?? []).every((inner, i) => pruned.anyOf?.[i] === inner)
  return isSame ? shape : pruned
}

function adviceOf(field: string, declared: DeclaredFields): string | undefined {
  const { name, above } = readFieldPath(field)
  return shapesOf(declared)
    .map((root) => shapeAt(root, [...above, name])?.description)
    .find((text) => text !== undefined)
}
