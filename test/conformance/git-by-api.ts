import type { GitAccess } from '../../src/conformance/index.ts'
import type { FakeForge } from '../../src/index.ts'

interface Page {
  readonly values: readonly {
    readonly displayId: string
    readonly latestCommit: string
    readonly hash: string | null
  }[]
}

const TAGS = 'projects/ACME/repos/widgets/tags'
const headers = { authorization: 'Bearer mia-token' }

/** What git would see and do, without starting one: tests that are about something else are quicker so. */
export function gitOf({ inject }: Pick<FakeForge, 'inject'>): GitAccess {
  return {
    async tags() {
      const page = (await inject({ url: `/rest/api/1.0/${TAGS}?limit=1000`, headers })).json<Page>()
      return new Map(
        page.values.map(({ displayId, latestCommit, hash }) => [
          displayId,
          { object: hash ?? latestCommit, peeled: hash === null ? null : latestCommit },
        ]),
      )
    },
    async move(tags) {
      for (const [name, startPoint] of Object.entries(tags)) {
        const payload = { name, startPoint, type: 'LIGHTWEIGHT', force: true }
        await inject({ method: 'POST', url: `/rest/git/1.0/${TAGS}`, headers, payload })
      }
    },
    async remove(names) {
      for (const name of names) {
        const path = name.split('/').map(encodeURIComponent).join('/')
        await inject({ method: 'DELETE', url: `/rest/git/1.0/${TAGS}/${path}`, headers })
      }
    },
  }
}
