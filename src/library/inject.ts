import type { Inject } from './fake-forge.ts'
import { type Place, urlOf } from './place.ts'

/** Paths are those below the world's address; whole addresses of the world, from links for instance, do as well. */
export function injectInto(place: Place): Inject {
  const { app } = place
  return (request) => {
    if (typeof request === 'string') return app.inject(addressOf(place, request))
    const { url, path, ...rest } = request
    const given = url ?? path ?? '/'
    if (typeof given === 'string') return app.inject({ ...rest, url: addressOf(place, given) })
    return app.inject({ ...rest, url: { ...given, pathname: pathOf(place) + given.pathname } })
  }
}

function pathOf(place: Place): string {
  return urlOf(place).slice(place.server.length)
}

function addressOf(place: Place, given: string): string {
  const base = urlOf(place)
  const isWithin = given === base || given.startsWith(`${base}/`) || given.startsWith(`${base}?`)
  return isWithin || !given.startsWith('/') ? given : base + given
}
