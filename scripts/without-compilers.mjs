/**
 * An esbuild plugin that leaves out Fastify's compilers of schemas, half of all that it brings. Every application here has
 * compilers of its own (see `everywhere` in src/app.ts), so they are never asked for.
 */
const COMPILERS = /^@fastify\/(?:ajv-compiler|fast-json-stringify-compiler)$/

export const withoutCompilers = {
  name: 'without-compilers',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: COMPILERS }, ({ path }) => ({ path, namespace: 'without-compilers' }))
    onLoad({ filter: /.*/, namespace: 'without-compilers' }, ({ path }) => ({
      contents: `module.exports = () => { throw new Error('The bundle leaves ${path} out.') }`,
    }))
  },
}
