import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { Fixture } from '../../src/forge/fixture/schema.ts'

const file = 'docs/fixture.md'

/** As much of JSON Schema as the fixture's schema uses. */
interface Schema {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

type Row = [path: string, kind: string, note: string]

/** A row for each key, wherever it stands. */
function rowsOf(schema: Schema, path: string): Row[] {
  const rows = Object.entries(schema.properties ?? {}).flatMap(([key, inner]): Row[] => {
    const place = path === '' ? key : `${path}.${key}`
    const needed = schema.required?.includes(key) ? 'required' : ''
    const note = [needed, inner.description ?? ''].filter((text) => text !== '').join('; ')
    return [[place, kindOf(inner), note], ...rowsOf(inner, place)]
  })
  const named = Object.values(schema.patternProperties ?? {}).flatMap((inner) => rowsOf(inner, `${path}.*`))
  const items = schema.items ? rowsOf(schema.items, `${path}[]`) : []
  const choices = (schema.anyOf ?? []).flatMap((choice) => rowsOf(choice, path))
  return [...rows, ...named, ...items, ...choices]
}

function kindOf(schema: Schema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kindOf))].join(' or ')
  if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(', ')
  if (schema.const !== undefined) return `\`${schema.const}\``
  if (schema.type === 'array') return `list of ${schema.items ? kindOf(schema.items) : 'anything'}`
  if (schema.patternProperties) {
    return `mapping to ${Object.values(schema.patternProperties).map(kindOf).join(' or ')}`
  }
  return schema.type ?? 'anything'
}

const rows = rowsOf(Fixture as unknown as Schema, '')

it('docs/fixture.md explains every key of the schema', () => {
  const page = readFileSync(file, 'utf8').split('<!-- schema -->')[0] ?? ''
  const words = new Set(page.split(/[^\w$]+/))
  const keys = new Set(rows.map(([path]) => path.split('.').at(-1) ?? ''))
  expect(keys.size).toBeGreaterThan(40)
  expect([...keys].filter((key) => !words.has(key))).toEqual([])
})

it('docs/fixture.md lists the keys as the schema has them', () => {
  const cells: string[][] = rows.map(([path, kind, note]) => [`\`${path}\``, kind, note])
  const table = [['key', 'type', ''], ['---', '---', '---'], ...cells]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
  const wanted = `<!-- schema -->\n${table}\n<!-- /schema -->`
  const page = readFileSync(file, 'utf8')
  const pattern = /<!-- schema -->[\s\S]*<!-- \/schema -->/
  if (process.env.UPDATE_DOCS)
    writeFileSync(
      file,
      page.replace(pattern, () => wanted),
    )
  expect(readFileSync(file, 'utf8').match(pattern)?.[0]).toBe(wanted)
})
