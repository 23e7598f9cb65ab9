/**
 * An esbuild plugin: modules that hold nothing but TypeBox schemas are evaluated while building, and what they export is
 * written out as plain JSON. The bundle then needs no TypeBox, whose 700 files take longer to load than all else together.
 */
import { build } from 'esbuild'

const schemaModules =
  /[/\\]src[/\\](vendors[/\\]\w+[/\\](.*-)?schemas|forge[/\\](fixture|state|durable)[/\\]schema|exchange[/\\]exchange-schemas|compare[/\\]baseline-schemas)\.ts$/

export const inlineSchemas = {
  name: 'inline-schemas',
  setup({ onLoad }) {
    onLoad({ filter: schemaModules }, async ({ path }) => {
      const exported = Object.entries(await evaluateModule(path))
      // A function that makes schemas has done so by now; whatever still calls it fails to bundle.
      const schemas = exported.filter(([, value]) => typeof value !== 'function')
      const contents = schemas.map(([name, schema]) => `export const ${name} = ${toJson(name, schema, path)}`)
      return { contents: contents.join('\n'), loader: 'js' }
    })
  },
}

/** What a TypeScript module exports. */
export async function evaluateModule(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  })
  const code = Buffer.from(outputFiles[0].contents).toString('base64')
  return import(`data:text/javascript;base64,${code}`)
}

function toJson(name, value, path) {
  return JSON.stringify(value, (key, part) => {
    if (['function', 'symbol', 'bigint'].includes(typeof part)) {
      throw new Error(`${path}: ${name} holds a ${typeof part} at "${key}", which JSON cannot express`)
    }
    return part
  })
}
