/**
 * An esbuild plugin: `const { parse } = await import('yaml')` works in Node, which finds the names that a CommonJS package
 * exports, but not in a chunk of a bundle, which has them on its default export only. So the names are looked up while
 * building, and the chunk exports each of them.
 */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

export function nameExports(root) {
  return {
    name: 'named-exports',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[@\w]/ }, ({ path, kind }) =>
        kind === 'dynamic-import' && !path.startsWith('node:')
          ? { path, namespace: 'named-exports' }
          : undefined,
      )
      onLoad({ filter: /.*/, namespace: 'named-exports' }, async ({ path }) => {
        const installed = createRequire(`${root}/`).resolve(path)
        const names = Object.keys(await import(pathToFileURL(installed))).filter(isExportable)
        const contents = [
          `import * as all from '${path}'`,
          ...names.map((name) => `export const ${name} = all.${name}`),
          'export default all.default',
        ]
        return { contents: contents.join('\n'), resolveDir: root }
      })
    },
  }
}

function isExportable(name) {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !['default', '__esModule'].includes(name)
}
