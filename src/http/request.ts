import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Forge } from '../forge/forge.ts'
import type { Sandbox } from '../forge/sandbox.ts'
import type { Worlds } from '../forge/worlds.ts'
import { SANDBOX_ROOT, sandboxOfHeader, sandboxOfPath } from './sandbox-address.ts'

declare module 'fastify' {
  interface FastifyInstance {
    worlds: Worlds
  }
  interface FastifyRequest {
    /** The world that this request is about. */
    sandbox: Sandbox
    /** Its forge, as it was when the request came. */
    forge: Forge
    /** What the sandbox's address puts before every path: `/__sandbox/{id}`, or nothing. */
    basePath: string
    /** When its headers had arrived, on the clock of `performance.now()`. */
    startedAt: number
    /** Username of whomever the credential led to; for the journal, so null until a vendor says so. */
    caller: string | null
    /** The rule that refused the request, in one plain sentence; for the journal. */
    refusal: string | null
    /** The name of that rule, as the vendor's evidence has it; null: no refusal, or one that nobody has named. */
    rule: string | null
  }
}

/** Gives every request its world and its start time. A sandbox that is not there is a 404 of nobody's dialect. */
export function attachForge(app: FastifyInstance, worlds: Worlds): void {
  app.decorate('worlds', worlds)
  app.decorateRequest('sandbox', null as unknown as Sandbox)
  app.decorateRequest('forge', null as unknown as Forge)
  app.decorateRequest('basePath', '')
  app.decorateRequest('startedAt', 0)
  app.decorateRequest('caller', null)
  app.decorateRequest('refusal', null)
  app.decorateRequest('rule', null)
  app.addHook('onRequest', (request, reply, done) => {
    request.startedAt = performance.now()
    const inPath = sandboxOfPath(request.raw)
    const id = inPath ?? sandboxOfHeader(request.raw)
    const sandbox = id === null ? worlds.main : worlds.sandbox(id)
    sandbox?.use()
    if (sandbox === undefined) {
      // For the hooks that run on the way out.
      request.sandbox = worlds.main
      request.forge = worlds.live
      reply
        .code(404)
        .type('application/json')
        .send(JSON.stringify({ error: 'sandbox-missing', message: `There is no sandbox ${id}.` }))
      return
    }
    if (inPath !== null) request.basePath = `${SANDBOX_ROOT}/${inPath}`
    request.sandbox = sandbox
    request.forge = sandbox.forge
    done()
  })
}

/** The same for a request that the framework refuses before any hook has seen it; never fails. */
export function attachForgeLate(request: FastifyRequest, worlds: Worlds): void {
  const id = sandboxOfPath(request.raw) ?? sandboxOfHeader(request.raw)
  request.startedAt = performance.now()
  request.sandbox = (id === null ? undefined : worlds.sandbox(id)) ?? worlds.main
  request.forge = request.sandbox.forge
  request.caller = null
  request.refusal = null
  request.rule = null
}

/** The one prefix that is no vendor's. */
export const CONTROL_ROOT = '/__admin'

/** Whether a request is about the fake and not about what it fakes. */
export function isControl({ raw: { url = '' } }: FastifyRequest): boolean {
  return isControlUrl(url)
}

/** The same of a URL without the base path of any sandbox. */
export function isControlUrl(url: string): boolean {
  return url.startsWith(CONTROL_ROOT) && /^(?:$|[/?#])/.test(url.slice(CONTROL_ROOT.length))
}
