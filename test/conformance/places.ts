import {
  type Caller,
  type ClosableGit,
  type Driver,
  drivers,
  type Environment,
  gitAccess,
  type Send,
  sendInto,
  sendTo,
} from '../../src/conformance/index.ts'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { type VendorId, vendorIds } from '../../src/options.ts'
import { gitEnvironment } from '../git-binary.ts'

/** The demo world's `acme/widgets`, as each vendor addresses it. */
export const projects: Readonly<Record<VendorId, string>> = {
  bitbucket: 'ACME/widgets',
  gitlab: 'acme/widgets',
  gitflic: 'acme/widgets',
  codearts: '1',
}

export const driverOf = (vendor: VendorId): Driver => drivers[vendor]({ project: projects[vendor] })

/** Bitbucket takes a name with a password as well. */
export const callerOf = (vendor: VendorId, user: string): Caller =>
  vendor === 'bitbucket' ? { username: user, password: `${user}-password` } : { token: `${user}-token` }

/** Where a vendor can be tried, with all that stories can make use of there. */
export interface Place {
  readonly vendor: VendorId
  readonly driver: Driver
  readonly environment: Environment
  /** The same without git, other vendors, commits: what is left is what every server has. */
  readonly bare: Environment
}

export const ways = ['in process', 'over HTTP', 'in a sandbox'] as const

/** All vendors, in each way, of one server; `close` ends it. */
export async function openPlaces(): Promise<{
  readonly forge: FakeForge
  /** Names of all tags of the project. */
  tagsAt(way: (typeof ways)[number]): Promise<readonly string[]>
  place(vendor: VendorId, way: (typeof ways)[number]): Place
  close(): Promise<void>
}> {
  const forge = await startFakeForge()
  const sandbox = await forge.sandbox()
  const gits: ClosableGit[] = []
  const git = async (world: Pick<FakeForge, VendorId>, vendor: VendorId): Promise<ClosableGit> => {
    const url = await world[vendor].cloneUrl('acme/widgets')
    const access = await gitAccess({
      url,
      username: 'mia',
      password: 'mia-password',
      variables: gitEnvironment,
    })
    gits.push(access)
    return access
  }
  const sends: Readonly<Record<(typeof ways)[number], Send>> = {
    'in process': sendInto(forge.inject),
    'over HTTP': sendTo(forge.url),
    'in a sandbox': sendTo(sandbox.url),
  }
  const all = await Promise.all(
    vendorIds.map(async (vendor) => ({
      vendor,
      'over HTTP': await git(forge, vendor),
      'in a sandbox': await git(sandbox, vendor),
    })),
  )
  return {
    forge,
    async tagsAt(way) {
      const access = all[0]?.[way === 'in a sandbox' ? way : 'over HTTP']
      return [...((await access?.tags()) ?? new Map()).keys()]
    },
    place(vendor, way) {
      const bare: Environment = { send: sends[way], writer: callerOf(vendor, 'mia') }
      const own = all.find((entry) => entry.vendor === vendor)
      const access = way === 'in process' ? undefined : own?.[way]
      const observers = vendorIds
        .filter((other) => other !== vendor)
        .map((other) => ({ driver: driverOf(other), caller: callerOf(other, 'rex') }))
      return {
        vendor,
        driver: driverOf(vendor),
        bare,
        environment: {
          ...bare,
          limited: { caller: callerOf(vendor, 'dee'), name: (unique) => `release/${unique}` },
          observers,
          ...(access && { git: access }),
        },
      }
    },
    async close() {
      await Promise.all(gits.map((access) => access.close()))
      await forge.close()
    },
  }
}
