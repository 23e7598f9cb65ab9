import type { FastifyInstance, FastifyRequest } from 'fastify'

/**
 * Answers OPTIONS on every route that is registered after this: 204 with the methods in Grape's order. A preflight (it
 * names the method it is about) is answered by the CORS middleware before Grape sees it.
 */
export function addOptions(app: FastifyInstance): void {
  const methods = new Map<string, string[]>()
  app.addHook('onRoute', ({ method, url, routePath }) => {
    const names = [method].flat().filter((name) => name !== 'HEAD' && name !== 'OPTIONS')
    if (names.length === 0) return
    const known = methods.get(url)
    if (known) {
      known.push(...names)
      return
    }
    const listed = [...names]
    methods.set(url, listed)
    app.options(routePath, { config: { operation: 'gitlab.getOptions', gitlab: {} } }, (request, reply) => {
      if (isPreflight(request)) return reply.code(200).type('text/plain').send('')
      const allowed = ['OPTIONS', ...listed, ...(listed.includes('GET') ? ['HEAD'] : [])]
      return reply.code(204).header('allow', allowed.join(', ')).send()
    })
  })
}

/** Whether a browser asks, before a request and without what identifies its user, if it may send it. */
export function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}
