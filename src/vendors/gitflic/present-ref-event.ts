import type { RefChange } from '../../forge/model.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { ownerType, transportUrls } from './present-project.ts'

export type RefAction = 'TAG_CREATE' | 'TAG_DELETE' | 'BRANCH_CREATE' | 'BRANCH_UPDATE' | 'BRANCH_DELETE'

const NOTHING = '0'.repeat(40)

/** What a webhook is sent when a ref moves; unlike the API it writes names with underscores. */
export function presentRefEvent(
  spec: ProjectSpec,
  action: RefAction,
  { ref, before, after }: RefChange,
  base: string,
) {
  const { httpTransportUrl, sshTransportUrl } = transportUrls(spec, base)
  return {
    action,
    project_id: spec.uuid,
    project: {
      project_id: spec.uuid,
      title: spec.name,
      alias: spec.slug,
      owner_alias: spec.owner.alias,
      owner_type: ownerType(spec.owner),
      http_transport_url: httpTransportUrl,
      ssh_transport_url: sshTransportUrl,
      language: null,
      private: spec.visibility === 'private',
    },
    push: { ref, before: before ?? NOTHING, after: after ?? NOTHING },
  }
}
