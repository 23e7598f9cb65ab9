import type { FastifyInstance } from 'fastify'
import { ForgeError } from '../../failure.ts'
import type { Sandbox } from '../../forge/sandbox.ts'
import type { Worlds } from '../../forge/worlds.ts'
import type { PostedRule } from '../faults/fault-board.ts'
import type { FaultRule } from '../faults/rule.ts'
import type { Scenario } from '../faults/scenario.ts'
import { fillTags } from '../faults/scenery.ts'
import { refuse } from './admin-error.ts'
import { readRule } from './fault-rule.ts'
import type { AdminOptions } from './index.ts'
import { fieldsOf } from './json-body.ts'

const ALWAYS = 'always' as const
const SCENARIO_KEYS = ['project', 'vendor', 'user', 'token', 'path', 'after', 'times']

/** What is to go wrong in the world that a request addresses, and how often. */
export function registerFaults(app: FastifyInstance, options: AdminOptions): void {
  const { faults } = options

  app.post('/faults', async ({ body, sandbox }, reply) => {
    const isList = Array.isArray(body)
    const posted = await postFaults(options, sandbox, isList ? body : [body ?? {}])
    return reply.code(201).send(isList ? { faults: posted } : posted[0])
  })

  app.get('/faults', async ({ sandbox }) => ({ faults: listFaults(options, sandbox) }))

  app.delete('/faults', async ({ sandbox }, reply) => {
    faults.of(sandbox).clear()
    return reply.code(204).send()
  })

  app.delete<{ Params: { id: string } }>('/faults/:id', async ({ params: { id }, sandbox }, reply) => {
    removeFault(options, sandbox, id)
    return reply.code(204).send()
  })

  app.get('/faults/scenarios', async () => ({ scenarios: listScenarios(options) }))

  app.post<{ Params: { name: string } }>(
    '/faults/scenarios/:name',
    async ({ params: { name }, body, sandbox }, reply) =>
      reply.code(201).send(await postScenario(options, sandbox, name, body)),
  )
}

/** Posts rules: all of them are read before any of them counts. Throws ControlPlaneError. */
export async function postFaults(options: AdminOptions, sandbox: Sandbox, given: readonly unknown[]) {
  const { faults, worlds } = options
  const read = given.map((each) => {
    const place = placeOf(each, sandbox, worlds)
    return { place, rule: readRule(each, place.forge, options) }
  })
  for (const { place, rule } of read) await prepare(rule, place, undefined)
  return read.map(({ place, rule }) => present(faults.of(place).post(rule)))
}

export function listFaults({ faults }: AdminOptions, sandbox: Sandbox) {
  return faults.of(sandbox).rules.map(present)
}

/** Throws ControlPlaneError when there is none. */
export function removeFault({ faults }: AdminOptions, sandbox: Sandbox, id: string): void {
  if (!faults.of(sandbox).remove(id)) refuse(404, 'fault-missing', `There is no fault ${id}.`)
}

export function listScenarios({ faults }: AdminOptions) {
  return [...faults.scenarios.values()].map(describe)
}

/** Makes a rule of a scenario. Throws ControlPlaneError. */
export async function postScenario(options: AdminOptions, sandbox: Sandbox, name: string, given: unknown) {
  const { faults } = options
  if (!faults.scenarios.has(name)) {
    const known = [...faults.scenarios.keys()].join(', ')
    refuse(404, 'scenario-missing', `There is no scenario ${JSON.stringify(name)}; there are ${known}.`)
  }
  const { project, ...rest } = fieldsOf(given, SCENARIO_KEYS)
  const rule = readRule({ ...rest, scenario: name }, sandbox.forge, options)
  await prepare(rule, sandbox, project)
  return present(faults.of(sandbox).post(rule))
}

/** A rule may name another sandbox than the one that it is posted to. */
function placeOf(given: unknown, sandbox: Sandbox, worlds: Worlds): Sandbox {
  const id = typeof given === 'object' && given !== null && 'sandbox' in given ? given.sandbox : undefined
  if (id === undefined) return sandbox
  return worlds.sandbox(String(id)) ?? refuse(422, 'invalid-fault', `sandbox: there is no sandbox ${id}.`)
}

/** Some scenarios need a world that looks a certain way. `project` by id or path; the first one unless told otherwise. */
async function prepare({ effect }: FaultRule, { forge }: Sandbox, project: unknown): Promise<void> {
  if (project !== undefined && typeof project !== 'string' && typeof project !== 'number')
    return refuse(422, 'invalid-fault', 'project: must be the path or the id of a project.')
  const spec = project === undefined ? forge.specs[0] : forge.spec(project)
  if (!spec && project !== undefined)
    return refuse(422, 'invalid-fault', `project: there is no project ${project}.`)
  if (effect.kind !== 'scenario' || effect.scenario.tags === null) return
  if (!spec) return refuse(422, 'invalid-fault', 'project: there is no project at all.')
  const { tags: wanted, vendors } = effect.scenario
  try {
    const found = fillTags(await forge.open(spec), wanted, vendors[0] ?? '')
    if (found <= wanted) return
    refuse(
      409,
      'too-many-tags',
      `${spec.path} has ${found} tags, and the scenario is about exactly ${wanted}.`,
    )
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    refuse(409, 'no-tags', `${spec.path} cannot have tags: it has no commits.`)
  }
}

function present({ id, rule, seen, hits }: PostedRule) {
  const { given, after, times } = rule
  return {
    id,
    ...given,
    after,
    times: times ?? ALWAYS,
    seen,
    hits,
    left: times === null ? ALWAYS : times - hits,
  }
}

function describe({ name, summary, correctClient, vendors, operations, times }: Scenario) {
  return { name, summary, correctClient, vendors, operations, times: times ?? ALWAYS }
}
