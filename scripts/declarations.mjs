/** The package's types: what tsc declares, less what the library's entries do not lead to, and without TypeBox. */
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Removes the declarations below `folder` that those of `entries`, modules in src/, do not lead to. */
export function pruneDeclarations(folder, entries) {
  const reached = new Set()
  const visit = (file) => {
    if (reached.has(file) || !existsSync(file)) return
    reached.add(file)
    for (const [, path] of readFileSync(file, 'utf8').matchAll(
      /(?:from|import\(?)\s*['"](\.[^'"]+)\.ts['"]/g,
    )) {
      visit(resolve(dirname(file), `${path}.d.ts`))
    }
  }
  for (const entry of entries) visit(join(folder, entry.replace(/^src\/(.*)\.ts$/, '$1.d.ts')))
  removeOthers(folder, reached)
}

function removeOthers(folder, kept) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) removeOthers(path, kept)
    else if (!kept.has(path)) rmSync(path)
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder)
}

/** Declares a type that says what a JSON Schema says: users of the package have no TypeBox that could infer it. */
export function writeSchemaType(file, name, schema) {
  writeFileSync(file, `export type ${name} = ${typeOf(schema)}\n`)
}

function typeOf(schema) {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ')
  if (schema.type === 'array') return `readonly (${typeOf(schema.items)})[]`
  if (schema.type === 'object') return objectOf(schema)
  if (['string', 'boolean', 'null'].includes(schema.type)) return schema.type
  if (['number', 'integer'].includes(schema.type)) return 'number'
  throw new Error(`no type is known for ${JSON.stringify(schema)}`)
}

function objectOf({ properties, required = [], patternProperties }) {
  if (!properties)
    return `{ readonly [key: string]: ${Object.values(patternProperties).map(typeOf).join(' | ')} }`
  const members = Object.entries(properties).map(([key, schema]) => {
    const comment = schema.description ? `/** ${schema.description} */\n` : ''
    return `${comment}readonly ${key}${required.includes(key) ? '' : '?'}: ${typeOf(schema)}`
  })
  return `{\n${members.join('\n')}\n}`
}

/** Declares for CommonJS what a module declares: the types of the one are not those of the other to TypeScript. */
export function declareForRequire(file, module, values, types) {
  const lines = [
    `import type * as esm from '${module}' with { 'resolution-mode': 'import' }`,
    ...values.map((name) => `export declare const ${name}: typeof esm.${name}`),
    ...types.map((name) => `export type ${name} = esm.${name}`),
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
}
