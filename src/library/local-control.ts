import { withCredentials } from '../client/clone-url.ts'
import type { Control, SandboxFacts, StateDocument, VendorAddress } from '../client/control.ts'
import { originOf } from '../forge/worlds.ts'
import { findSpec, projectUrls, vendorUrls } from '../http/admin/addresses.ts'
import { tellCoverage } from '../http/admin/coverage.ts'
import { readVersion } from '../http/admin/health.ts'
import { createSandbox, findOrigin } from '../http/admin/sandboxes.ts'
import { deleteSnapshot, findSnapshot, saveSnapshot } from '../http/admin/snapshots.ts'
import { takeState } from '../http/admin/state.ts'
import type { VendorId } from '../options.ts'
import type { FakeForgeSandbox, LocalControl, LocalSandboxOptions } from './fake-forge.ts'
import { loadGiven } from './given-fixture.ts'
import { injectInto } from './inject.ts'
import { closeJudged, failingFindings } from './judged-close.ts'
import { localJournal } from './local-journal.ts'
import { localClock, localFaults, localWebhooks } from './local-world.ts'
import { change, enter, type Place, urlOf } from './place.ts'

/** A world of this process. What it does is what the routes of the control plane do, without a request. */
export function localControl(place: Place): LocalControl {
  const { sandbox } = place
  const vendor = (id: VendorId) => addressOf(place, id)
  return {
    url: urlOf(place),
    gitlab: vendor('gitlab'),
    bitbucket: vendor('bitbucket'),
    gitflic: vendor('gitflic'),
    codearts: vendor('codearts'),
    clock: localClock(place),
    journal: localJournal(place),
    faults: localFaults(place),
    webhooks: localWebhooks(place),
    inject: injectInto(place),
    reset: (fixture) => reset(place, fixture),
    state: () => readState(place),
    setState: (state) => change(place, (_, control) => takeState(control, sandbox, state)),
    snapshot: async (name) => void saveSnapshot(enter(place).worlds, sandbox, name),
    restore: (name) => change(place, (_, { worlds }) => sandbox.restore(findSnapshot(worlds, name))),
    snapshots: async () => [...enter(place).worlds.snapshots],
    deleteSnapshot: async (name) => deleteSnapshot(enter(place).worlds, name),
    sandbox: (options = {}) => openSandbox(place, options),
    sandboxes: async () =>
      enter(place).worlds.sandboxes.map((other) => factsOf({ ...place, sandbox: other })),
    health: async (): ReturnType<Control['health']> => {
      enter(place)
      return { status: 'ok' }
    },
    version: async () => readVersion(enter(place)),
    coverage: async () => tellCoverage(enter(place)),
  }
}

function reset(place: Place, fixture: string | object | undefined): Promise<void> {
  return change(place, async (sandbox, control) => {
    if (fixture === undefined) return sandbox.reset()
    const loaded = await loadGiven(fixture, control)
    sandbox.restore(await originOf(loaded, control.worlds.initial.clock))
  })
}

async function readState(place: Place): Promise<StateDocument> {
  enter(place)
  const { writeState } = await import('../forge/state/write.ts')
  const parts: string[] = []
  for await (const part of writeState(place.sandbox.capture())) parts.push(part)
  return JSON.parse(parts.join('')) as StateDocument
}

async function openSandbox(place: Place, options: LocalSandboxOptions): Promise<FakeForgeSandbox> {
  const control = enter(place)
  const { worlds } = control
  const origin = await findOrigin(worlds, options, () => loadGiven(options.fixture ?? {}, control))
  const own: Place = { ...place, sandbox: createSandbox(worlds, origin, options.ttl) }
  const facts = factsOf(own)
  const close = () =>
    closeJudged(
      () => failingFindings(localJournal(own), place.failOnFindings),
      async () => void worlds.removeSandbox(facts.id),
    )
  return { ...localControl(own), ...facts, close, [Symbol.asyncDispose]: close }
}

function factsOf(place: Place): SandboxFacts {
  const { id, createdAt, expiresAt } = place.sandbox
  return {
    id: String(id),
    url: urlOf(place),
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  }
}

function addressOf(place: Place, id: VendorId): VendorAddress {
  const url = urlOf(place)
  return {
    url: vendorUrls(url, place.app.control.vendors)[id] ?? url,
    cloneUrl: async (project, credentials) => {
      const { vendors } = enter(place)
      const { clone } = projectUrls(url, vendors, findSpec(place.sandbox.forge, String(project)))
      return withCredentials(clone[id] ?? url, credentials)
    },
  }
}
