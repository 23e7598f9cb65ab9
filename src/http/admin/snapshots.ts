import type { FastifyInstance } from 'fastify'
import type { Origin, Sandbox } from '../../forge/sandbox.ts'
import type { Worlds } from '../../forge/worlds.ts'
import { refuse } from './admin-error.ts'
import type { AdminOptions } from './index.ts'

const LONGEST_NAME = 200
const MOST_SNAPSHOTS = 1000

/**
 * Named states: `PUT` saves the world that the request addresses, `POST …/restore` brings it into that world. They belong
 * to the server, so that a sandbox may start from one.
 */
export function registerSnapshots(app: FastifyInstance, { worlds }: AdminOptions): void {
  app.get('/snapshots', async () => ({ snapshots: worlds.snapshots }))

  app.put<{ Params: { name: string } }>('/snapshots/:name', async ({ params: { name }, sandbox }, reply) => {
    const isNew = saveSnapshot(worlds, sandbox, name)
    return reply.code(isNew ? 201 : 200).send({ name })
  })

  app.post<{ Params: { name: string } }>(
    '/snapshots/:name/restore',
    async ({ params: { name }, sandbox }, reply) => {
      sandbox.restore(findSnapshot(worlds, name))
      return reply.code(204).send()
    },
  )

  app.delete<{ Params: { name: string } }>('/snapshots/:name', async ({ params: { name } }, reply) => {
    deleteSnapshot(worlds, name)
    return reply.code(204).send()
  })
}

/** Saves a world under a name, and answers whether that is new. Throws ControlPlaneError. */
export function saveSnapshot(worlds: Worlds, sandbox: Sandbox, name: string): boolean {
  if (name.length > LONGEST_NAME)
    refuse(422, 'invalid-name', `A name has at most ${LONGEST_NAME} characters.`)
  const isNew = worlds.snapshot(name) === undefined
  if (isNew && worlds.snapshots.length >= MOST_SNAPSHOTS)
    refuse(409, 'too-many-snapshots', `There are ${MOST_SNAPSHOTS} snapshots already.`)
  worlds.saveSnapshot(name, sandbox.capture())
  return isNew
}

/** Throws ControlPlaneError when there is none. */
export function findSnapshot(worlds: Worlds, name: string): Origin {
  return worlds.snapshot(name) ?? missing(name)
}

/** Throws ControlPlaneError when there is none. */
export function deleteSnapshot(worlds: Worlds, name: string): void {
  if (!worlds.removeSnapshot(name)) missing(name)
}

function missing(name: string): never {
  return refuse(404, 'snapshot-missing', `There is no snapshot ${JSON.stringify(name)}.`)
}
