import type { CounterName } from './forge.ts'
import type { World } from './world.ts'

/** The highest id of a kind that a world begins with; 0 when there is none. */
export function highestId({ specs, owners }: World, counter: CounterName): number {
  const ids: Record<CounterName, number[]> = {
    rule: [...specs, ...owners].flatMap(({ tagRules }) => tagRules.map((rule) => rule.id)),
    release: specs.flatMap((spec) => [...spec.releases.values()].map((release) => release.id)),
    link: specs.flatMap((spec) =>
      [...spec.releases.values()].flatMap((release) => release.links.map((link) => link.id)),
    ),
    hook: specs.flatMap((spec) => spec.webhooks.map((hook) => hook.id)),
    'pull-request': [],
  }
  return ids[counter].reduce((highest, id) => Math.max(highest, id), 0)
}
