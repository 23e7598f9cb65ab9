/** The smallest Fastify server that takes JSON and answers some: `node post.mjs PORT ANSWER`. */
import fastify from 'fastify'

const [port, answer] = process.argv.slice(2)
const body = JSON.parse(answer)
const app = fastify()
app.get('/', () => ({ hello: 'world' }))
app.post('/', (_request, reply) => reply.code(201).send(body))
await app.listen({ port: Number(port), host: '127.0.0.1' })
