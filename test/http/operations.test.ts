import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { vendors } from '../../src/vendors/index.ts'

it.each(vendors.map((vendor) => [vendor.id, vendor] as const))(
  'every route of %s has a name, in every profile',
  async (id, vendor) => {
    const nameless: string[] = []
    for (const profile of vendor.profiles) {
      const app = Fastify({ routerOptions: { maxParamLength: 1000 } })
      app.decorate('publicUrl', null)
      app.addHook('onRoute', ({ method, url, config }) => {
        if (!config?.operation?.startsWith(`${id}.`)) nameless.push(`${profile}: ${method} ${url}`)
      })
      await vendor.mount(app, { profile, quirks: new Set(), prefix: '' })
    }
    expect(nameless).toEqual([])
  },
)
