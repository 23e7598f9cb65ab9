/** A request for each operation of each vendor that changes something, in an order in which all of them succeed. */

/** What earlier steps were answered, by their names. */
export type Memo = Readonly<Record<string, Record<string, unknown>>>

export interface WriteStep {
  readonly operation: string
  readonly method: string
  readonly path: string | ((memo: Memo) => string)
  readonly payload?: object | ((memo: Memo) => object)
  /** What the answer is called in the memo. */
  readonly as?: string
}

const GITLAB = '/api/v4/projects/7'
const BITBUCKET = '/rest/api/1.0/projects/ACME/repos/widgets'
const MODEL = '/rest/branch-utils/1.0/projects/ACME/repos/widgets/branches'
const GIT = '/rest/git/1.0/projects/ACME/repos/widgets'
const GITFLIC = '/project/acme/widgets'
const RULES = '/company/acme/tag-protection'
const CODEARTS = '/v4/repositories/7'
const HOOK = 'http://127.0.0.1:1/hook'

function step(operation: string, line: string, payload?: WriteStep['payload'], as?: string): WriteStep {
  const [method = '', path = ''] = line.split(' ')
  return { operation, method, path, ...(payload && { payload }), ...(as && { as }) }
}

/** A path that ends in something that an earlier answer had. */
function stepOn(
  operation: string,
  method: string,
  path: (memo: Memo) => string,
  payload?: WriteStep['payload'],
): WriteStep {
  return { operation, method, path, ...(payload && { payload }) }
}

const version = (name: string) => (memo: Memo) => ({ version: memo[name]?.version })
const endpoint = (branch: string) => ({ id: `refs/heads/${branch}` })
const allowed = [{ action: 'create', user_ids: [3], related_role_ids: [] }]
const nobody = [{ action: 'create', user_ids: [], related_role_ids: [] }]

export const writes: readonly WriteStep[] = [
  step('gitlab.createTag', `POST ${GITLAB}/repository/tags?tag_name=g1&ref=main&message=One`),
  step('gitlab.deleteTag', `DELETE ${GITLAB}/repository/tags/tree`),
  step('gitlab.createBranch', `POST ${GITLAB}/repository/branches?branch=b1&ref=main`),
  step('gitlab.createBranch', `POST ${GITLAB}/repository/branches?branch=work&ref=side`),
  step('gitlab.deleteBranch', `DELETE ${GITLAB}/repository/branches/b1`),
  step('gitlab.protectTag', `POST ${GITLAB}/protected_tags?name=p-*&create_access_level=40`),
  step('gitlab.protectTag', `POST ${GITLAB}/protected_tags?name=q-*`),
  step('gitlab.unprotectTag', `DELETE ${GITLAB}/protected_tags/p-*`),
  step('gitlab.createRelease', `POST ${GITLAB}/releases`, { tag_name: 'g1', description: 'First' }),
  step('gitlab.updateRelease', `PUT ${GITLAB}/releases/g1`, { name: 'New name' }),
  step(
    'gitlab.createReleaseLink',
    `POST ${GITLAB}/releases/g1/assets/links?name=l&url=https://x.test/l`,
    undefined,
    'link',
  ),
  step('gitlab.createReleaseLink', `POST ${GITLAB}/releases/g1/assets/links?name=m&url=https://x.test/m`),
  stepOn('gitlab.updateReleaseLink', 'PUT', (memo) => `${GITLAB}/releases/g1/assets/links/${memo.link?.id}`, {
    name: 'n',
  }),
  stepOn(
    'gitlab.deleteReleaseLink',
    'DELETE',
    (memo) => `${GITLAB}/releases/g1/assets/links/${memo.link?.id}`,
  ),
  step('gitlab.createTagRelease', `POST ${GITLAB}/repository/tags/v1.1.0/release`, {
    description: 'Of a tag',
  }),
  step('gitlab.updateTagRelease', `PUT ${GITLAB}/repository/tags/v1.1.0/release`, { description: 'Again' }),
  step('gitlab.deleteRelease', `DELETE ${GITLAB}/releases/v1.0.0`),
  step('gitlab.createHook', `POST ${GITLAB}/hooks`, { url: HOOK, token: 't', tag_push_events: true }, 'hook'),
  stepOn('gitlab.updateHook', 'PUT', (memo) => `${GITLAB}/hooks/${memo.hook?.id}`, {
    url: HOOK,
    description: 'd',
  }),
  step('gitlab.createHook', `POST ${GITLAB}/hooks`, { url: HOOK }, 'gone'),
  stepOn('gitlab.deleteHook', 'DELETE', (memo) => `${GITLAB}/hooks/${memo.gone?.id}`),

  step('bitbucket.createTag', `POST ${BITBUCKET}/tags`, { name: 'b1', startPoint: 'main', message: 'Of B' }),
  step('bitbucket.createGitTag', `POST ${GIT}/tags`, { name: 'b2', startPoint: 'main', type: 'LIGHTWEIGHT' }),
  step('bitbucket.deleteTag', `DELETE ${GIT}/tags/b2`),
  step('bitbucket.createBranchOfModel', `POST ${MODEL}`, { name: 'more', startPoint: 'refs/heads/side' }),
  step('bitbucket.createBranch', `POST ${BITBUCKET}/branches`, { name: 'less', startPoint: 'side' }),
  step('bitbucket.deleteBranch', `DELETE ${MODEL}`, { name: 'refs/heads/less' }),
  step('bitbucket.setDefaultBranch', `PUT ${BITBUCKET}/branches/default`, endpoint('side')),
  step('bitbucket.setDefaultBranchOfModel', `PUT ${BITBUCKET}/default-branch`, endpoint('main')),
  step(
    'bitbucket.createPullRequest',
    `POST ${BITBUCKET}/pull-requests`,
    {
      title: 'More',
      fromRef: endpoint('more'),
      toRef: endpoint('main'),
      reviewers: [{ user: { name: 'dee' } }],
    },
    'request',
  ),
  stepOn(
    'bitbucket.declinePullRequest',
    'POST',
    (memo) => `${BITBUCKET}/pull-requests/${memo.request?.id}/decline?version=0`,
    version('request'),
  ),
  stepOn(
    'bitbucket.reopenPullRequest',
    'POST',
    (memo) => `${BITBUCKET}/pull-requests/${memo.request?.id}/reopen?version=1`,
    { version: 1 },
  ),
  stepOn('bitbucket.rebasePullRequest', 'POST', (memo) => `${GIT}/pull-requests/${memo.request?.id}/rebase`, {
    version: 2,
  }),
  step(
    'bitbucket.createWebhook',
    `POST ${BITBUCKET}/webhooks`,
    { name: 'w', url: HOOK, events: [] },
    'webhook',
  ),
  stepOn('bitbucket.updateWebhook', 'PUT', (memo) => `${BITBUCKET}/webhooks/${memo.webhook?.id}`, {
    name: 'x',
    url: HOOK,
    active: false,
  }),
  step('bitbucket.createWebhook', `POST ${BITBUCKET}/webhooks`, { name: 'y', url: HOOK }, 'away'),
  stepOn('bitbucket.deleteWebhook', 'DELETE', (memo) => `${BITBUCKET}/webhooks/${memo.away?.id}`),

  step('gitflic.createTag', `POST ${GITFLIC}/tag/create`, {
    tagName: 'f1',
    branchName: 'main',
    message: 'Of F',
  }),
  step('gitflic.createBranch', `POST ${GITFLIC}/branch`, { newBranch: 'f', originBranch: 'main' }),
  step('gitflic.createProject', 'POST /project', {
    title: 'Made',
    alias: 'made',
    ownerAlias: 'acme',
    ownerAliasType: 'COMPANY',
  }),
  step('gitflic.createRelease', `POST ${GITFLIC}/release`, { title: 'Pre', tagName: 'f1', preRelease: true }),
  step(
    'gitflic.createTagRule',
    `POST ${RULES}/create`,
    { tagTemplate: 'f-*', allowToCreate: 'ADMINS' },
    'rule',
  ),
  stepOn(
    'gitflic.updateTagRule',
    'PATCH',
    () => `${RULES}/edit`,
    (memo) => ({ uuid: memo.rule?.uuid, allowToCreate: 'NO_ONE' }),
  ),
  step('gitflic.applyTagRules', `POST ${RULES}/apply-settings-to-projects`),
  step(
    'gitflic.createTagRule',
    `POST ${RULES}/create`,
    { tagTemplate: 'h-*', allowToCreate: 'ADMINS' },
    'brief',
  ),
  stepOn('gitflic.deleteTagRule', 'DELETE', (memo) => `${RULES}/${memo.brief?.uuid}`),
  step(
    'gitflic.createWebhook',
    `POST ${GITFLIC}/setting/webhook`,
    { url: HOOK, secret: 's', events: { isTagCreate: true } },
    'flic',
  ),
  stepOn('gitflic.updateWebhook', 'POST', (memo) => `${GITFLIC}/setting/webhook/${memo.flic?.id}`, {
    url: `${HOOK}/2`,
  }),
  step(
    'gitflic.createWebhook',
    `POST ${GITFLIC}/setting/webhook`,
    { url: HOOK, secret: 's', events: {} },
    'short',
  ),
  stepOn('gitflic.deleteWebhook', 'POST', (memo) => `${GITFLIC}/setting/webhook/${memo.short?.id}/delete`),

  step('codearts.createTag', `POST ${CODEARTS}/repository/tags`, {
    tag_name: 'c1',
    ref: 'main',
    message: 'Of C',
  }),
  step('codearts.deleteTag', `DELETE ${CODEARTS}/repository/tag?tag_name=c1`),
  step('codearts.createTagV2', 'POST /v2/repositories/7/tags', { tag_name: 'c2', ref: 'main' }),
  step('codearts.createTagV2', 'POST /v2/repositories/7/tags', { tag_name: 'c3', ref: 'main' }),
  step('codearts.deleteTagV2', 'DELETE /v2/repositories/7/tags/c2'),
  step('codearts.createBranch', `POST ${CODEARTS}/repository/branches`, { branch: 'cb', ref: 'main' }),
  step('codearts.deleteBranch', `DELETE ${CODEARTS}/repository/branch?branch_name=cb`),
  step('codearts.createProtectedTag', `POST ${CODEARTS}/protected-tags`, {
    names: ['g*', 'b*', 'f*'],
    actions: allowed,
  }),
  step('codearts.updateProtectedTag', `PUT ${CODEARTS}/protected-tag?tag_name=g*`, nobody),
  step('codearts.updateProtectedTags', `PUT ${CODEARTS}/protected-tags`, {
    names: ['b*'],
    actions: nobody,
  }),
  step('codearts.deleteProtectedTag', `DELETE ${CODEARTS}/protected-tag?tag_name=g*`),
  step('codearts.deleteProtectedTags', `POST ${CODEARTS}/protected-tags/bulk-deletion`, { names: ['b*'] }),
  step('codearts.createProtectedTagV2', 'POST /v2/repositories/7/protected-tags', {
    name: 'c3*',
    create_access_level: 40,
  }),
  step('codearts.deleteProtectedTagV2', 'DELETE /v2/repositories/7/protected-tags/c3*'),
  step('codearts.setGeneralPolicy', `PUT ${CODEARTS}/general-policy`, { tag_name_regex: '[a-z].*' }),
  step(
    'codearts.createHook',
    `POST ${CODEARTS}/hooks`,
    { url: HOOK, token: 't', tag_push_events: true },
    'arts',
  ),
  stepOn('codearts.updateHook', 'PUT', (memo) => `${CODEARTS}/hooks/${memo.arts?.id}`, { url: `${HOOK}/3` }),
  step('codearts.createHookV1', 'POST /v1/repositories/acme/widgets/hooks', {
    hook_url: HOOK,
    hook_events: ['tag_push_events'],
    token: 't',
  }),
  stepOn('codearts.deleteHook', 'DELETE', (memo) => `${CODEARTS}/hooks/${memo.arts?.id}`),
  step('codearts.createToken', 'POST /v3/auth/tokens', {
    auth: {
      identity: { methods: ['password'], password: { user: { name: 'dee', password: 'dee-password' } } },
    },
  }),
]
