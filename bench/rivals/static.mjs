/**
 * A Fastify server that sends one body at one path: `node static.mjs PORT FILE`. The file is JSON: `{ path, headers, body,
 * query }`; with `query`, a JSON Schema's properties, each request is validated and its numbers converted.
 */
import { readFileSync } from 'node:fs'
import fastify from 'fastify'

const [port, file] = process.argv.slice(2)
const { path, headers, body, query } = JSON.parse(readFileSync(file, 'utf8'))
const schema = query === undefined ? {} : { querystring: { type: 'object', properties: query } }

const app = fastify()
app.get(path, { schema }, (_, reply) => reply.headers(headers).send(body))
await app.listen({ port: Number(port), host: '127.0.0.1' })
