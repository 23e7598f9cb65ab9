/** The variables that the vendors' usual clients and CI systems read. Where a name comes from stands beside it. */

import { UsageError } from '../config/mistakes.ts'
import type { VendorId } from '../options.ts'
import type { EnvScene } from './env-scene.ts'
import type { Variables } from './shell-quoting.ts'

type Given = Readonly<Record<string, string | null | undefined>>

/** Throws UsageError when the user lacks a credential that the vendor cannot do without. */
export function variablesOf(vendor: VendorId, scene: EnvScene): Variables {
  const given = Object.entries(tables[vendor](scene))
  return Object.fromEntries(given.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

const tables: Readonly<Record<VendorId, (scene: EnvScene) => Given>> = {
  gitlab: gitlabVariables,
  bitbucket: bitbucketVariables,
  gitflic: gitflicVariables,
  codearts: codeartsVariables,
}

function gitlabVariables({ api, base, token, jobToken, project }: EnvScene): Given {
  const { protocol, hostname, host, port } = new URL(base)
  const path = project?.path.split('/')
  return {
    // GitLab CI: https://docs.gitlab.com/ci/variables/predefined_variables/
    CI_API_V4_URL: api,
    CI_SERVER_URL: base,
    CI_SERVER_PROTOCOL: protocol.slice(0, -1),
    CI_SERVER_HOST: hostname,
    CI_SERVER_PORT: port || (protocol === 'https:' ? '443' : '80'),
    CI_SERVER_FQDN: host,
    CI_PROJECT_ID: project && String(project.id),
    CI_PROJECT_PATH: project?.path,
    CI_PROJECT_NAME: path?.at(-1),
    CI_PROJECT_NAMESPACE: path?.slice(0, -1).join('/'),
    CI_PROJECT_URL: project && `${base}/${project.path}`,
    CI_REPOSITORY_URL: project?.cloneUrl,
    CI_DEFAULT_BRANCH: project?.defaultBranch,
    CI_JOB_TOKEN: jobToken,
    // glab, release-it, semantic-release (the GL_ ones, too), python-gitlab, Terraform, @gitbeaker/cli
    GITLAB_HOST: base,
    GITLAB_URL: base,
    GITLAB_TOKEN: token,
    GL_URL: base,
    GL_TOKEN: token,
    GITLAB_PRIVATE_TOKEN: token,
    GITLAB_BASE_URL: `${api}/`,
    GITBEAKER_HOST: base,
    GITBEAKER_TOKEN: token,
    RENOVATE_PLATFORM: 'gitlab',
    RENOVATE_ENDPOINT: `${api}/`,
    RENOVATE_TOKEN: token,
  }
}

function bitbucketVariables({ base, username, password, token }: EnvScene): Given {
  return {
    // There is no official client; these are what scripts, Terraform providers and bots agree on.
    BITBUCKET_URL: base,
    BITBUCKET_SERVER: base,
    BITBUCKET_SERVER_URL: base,
    BITBUCKET_USERNAME: username,
    BITBUCKET_PASSWORD: password,
    BITBUCKET_TOKEN: token,
    // https://danger.systems/js/usage/bitbucket_server
    DANGER_BITBUCKETSERVER_HOST: base,
    DANGER_BITBUCKETSERVER_USERNAME: username,
    DANGER_BITBUCKETSERVER_TOKEN: token,
    // https://docs.renovatebot.com/modules/platform/bitbucket-server/
    RENOVATE_PLATFORM: 'bitbucket-server',
    RENOVATE_ENDPOINT: `${base}/`,
    RENOVATE_USERNAME: username,
    RENOVATE_TOKEN: token,
  }
}

function gitflicVariables({ api, token, project }: EnvScene): Given {
  // There is no official client; these are what scripts agree on.
  return { GITFLIC_API_URL: api, GITFLIC_TOKEN: token, GITFLIC_PROJECT: project?.path }
}

/** A region that the SDKs know. They take its endpoint from the environment. */
const REGION = 'cn-north-4'

function codeartsVariables({ base, username, accessKey, project }: EnvScene): Given {
  if (!accessKey)
    throw new UsageError([
      `${username} has no accessKey, which CodeArts' clients sign with; choose another: --user NAME`,
    ])
  const { id, secret } = accessKey
  // Without one the SDKs would ask IAM for it.
  const projectId = project?.ownerUuid.replaceAll('-', '')
  return {
    // The SDKs: https://github.com/huaweicloud/huaweicloud-sdk-java-v3
    HUAWEICLOUD_SDK_AK: id,
    HUAWEICLOUD_SDK_SK: secret,
    HUAWEICLOUD_SDK_PROJECT_ID: projectId,
    HUAWEICLOUD_SDK_REGION_ID: REGION,
    [`HUAWEICLOUD_SDK_REGION_CODEARTSREPO_${REGION.toUpperCase().replaceAll('-', '_')}`]: base,
    HUAWEICLOUD_SDK_IAM_ENDPOINT: base,
    // The samples of the documentation, and Terraform.
    CLOUD_SDK_AK: id,
    CLOUD_SDK_SK: secret,
    HW_ACCESS_KEY: id,
    HW_SECRET_KEY: secret,
    HW_REGION_NAME: REGION,
    HW_PROJECT_ID: projectId,
  }
}
