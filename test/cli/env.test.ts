import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core'
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js'
import { DefaultHttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, fails, openDesk, openEmptyDesk, prints } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

/** The variables, in JSON. */
async function variables(...argv: string[]): Promise<Record<string, string>> {
  const { code, out, err } = await desk.run(['env', ...argv, '--json'])
  expect([code, err]).toEqual([0, ''])
  return JSON.parse(out)
}

describe('env', () => {
  it('points the clients of GitLab, and jobs of its CI, at the server', async () => {
    expect(await variables('gitlab')).toEqual({
      CI_API_V4_URL: 'URL/api/v4',
      CI_SERVER_URL: 'URL',
      CI_SERVER_PROTOCOL: 'http',
      CI_SERVER_HOST: '127.0.0.1',
      CI_SERVER_PORT: new URL(desk.url).port,
      CI_SERVER_FQDN: new URL(desk.url).host,
      CI_PROJECT_ID: '1',
      CI_PROJECT_PATH: 'acme/widgets',
      CI_PROJECT_NAME: 'widgets',
      CI_PROJECT_NAMESPACE: 'acme',
      CI_PROJECT_URL: 'URL/acme/widgets',
      CI_REPOSITORY_URL: `http://ada:ada-token@${new URL(desk.url).host}/acme/widgets.git`,
      CI_DEFAULT_BRANCH: 'main',
      GITLAB_HOST: 'URL',
      GITLAB_URL: 'URL',
      GITLAB_TOKEN: 'ada-token',
      GL_URL: 'URL',
      GL_TOKEN: 'ada-token',
      GITLAB_PRIVATE_TOKEN: 'ada-token',
      GITLAB_BASE_URL: 'URL/api/v4/',
      GITBEAKER_HOST: 'URL',
      GITBEAKER_TOKEN: 'ada-token',
      RENOVATE_PLATFORM: 'gitlab',
      RENOVATE_ENDPOINT: 'URL/api/v4/',
      RENOVATE_TOKEN: 'ada-token',
    })
  })

  it('has a job token where the user has one', async () => {
    const { CI_JOB_TOKEN, GITLAB_TOKEN } = await variables('gitlab', '--user', 'dee')
    expect({ CI_JOB_TOKEN, GITLAB_TOKEN }).toEqual({ CI_JOB_TOKEN: 'dee-job', GITLAB_TOKEN: 'dee-token' })
  })

  it('in sh, curl and git reach what the variables name', async () => {
    const script = `
eval "$(fakeforge env gitlab)"
curl -sf -H "PRIVATE-TOKEN: $GITLAB_TOKEN" "$CI_API_V4_URL/projects/$CI_PROJECT_ID/repository/tags/v1.0.0" | jq -r .name
git ls-remote --tags "$CI_REPOSITORY_URL" v1.0.0 | cut -f 2
eval "$(fakeforge env bitbucket)"
curl -sf -u "$BITBUCKET_USERNAME:$BITBUCKET_PASSWORD" "$BITBUCKET_URL/rest/api/1.0/projects/ACME/repos/widgets/tags/v1.0.0" | jq -r .displayId
eval "$(fakeforge env gitflic)"
curl -sf -H "Authorization: token $GITFLIC_TOKEN" "$GITFLIC_API_URL/project/$GITFLIC_PROJECT/tag/v1.0.0" | jq -r .name`
    const env = { GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_GLOBAL: '/dev/null' }
    expect(await desk.shell(script, env)).toEqual(prints('v1.0.0\nrefs/tags/v1.0.0\nv1.0.0\nv1.0.0\n'))
  })

  it("has what CodeArts' SDK signs with, and the project that it asks for", async () => {
    const given = await variables('codearts', '--user', 'mia')
    expect(given).toEqual({
      HUAWEICLOUD_SDK_AK: 'EXAMPLEAK0000000002',
      HUAWEICLOUD_SDK_SK: 'example-secret-key-0002',
      HUAWEICLOUD_SDK_PROJECT_ID: expect.stringMatching(/^[0-9a-f]{32}$/),
      HUAWEICLOUD_SDK_REGION_ID: 'cn-north-4',
      HUAWEICLOUD_SDK_REGION_CODEARTSREPO_CN_NORTH_4: 'URL',
      HUAWEICLOUD_SDK_IAM_ENDPOINT: 'URL',
      CLOUD_SDK_AK: 'EXAMPLEAK0000000002',
      CLOUD_SDK_SK: 'example-secret-key-0002',
      HW_ACCESS_KEY: 'EXAMPLEAK0000000002',
      HW_SECRET_KEY: 'example-secret-key-0002',
      HW_REGION_NAME: 'cn-north-4',
      HW_PROJECT_ID: given.HUAWEICLOUD_SDK_PROJECT_ID,
    })
    const answer = await askAsSdk(given, `/v4/projects/${given.HUAWEICLOUD_SDK_PROJECT_ID}/repositories`)
    expect(JSON.stringify(answer)).toContain('"widgets"')
  })

  it('names the world of a sandbox, and its project', async () => {
    const id = JSON.parse((await desk.run(['sandbox', 'create', '--json'])).out).id
    const given = await variables('gitlab', '--sandbox', id, '--project', 'ACME/widgets')
    expect(given.CI_API_V4_URL).toBe(`URL/__sandbox/${id}/api/v4`)
    expect(given.CI_PROJECT_URL).toBe(`URL/__sandbox/${id}/acme/widgets`)
    expect((await desk.run(['env', 'gitlab', '--sandbox', 'nix'])).code).toBe(1)
  })

  it('leaves the project out where there is none, and follows the context path', async () => {
    const other = await openDesk(['--prefix', 'bitbucket=/bb'])
    writeFileSync(join(other.folder, 'w.yaml'), 'users: [{ username: zoe, tokens: ["it\'s #1"] }]\n')
    await other.run(['reset', '--fixture', 'w.yaml'])
    expect(await other.run(['env', 'bitbucket'])).toEqual(
      prints(`export BITBUCKET_URL='URL/bb'
export BITBUCKET_SERVER='URL/bb'
export BITBUCKET_SERVER_URL='URL/bb'
export BITBUCKET_USERNAME='zoe'
export BITBUCKET_TOKEN='it'\\''s #1'
export DANGER_BITBUCKETSERVER_HOST='URL/bb'
export DANGER_BITBUCKETSERVER_USERNAME='zoe'
export DANGER_BITBUCKETSERVER_TOKEN='it'\\''s #1'
export RENOVATE_PLATFORM='bitbucket-server'
export RENOVATE_ENDPOINT='URL/bb/'
export RENOVATE_USERNAME='zoe'
export RENOVATE_TOKEN='it'\\''s #1'
`),
    )
    expect(await other.run(['env', 'gitflic', '--shell', 'dotenv'])).toEqual(
      prints(`GITFLIC_API_URL=URL\nGITFLIC_TOKEN="it's #1"\n`),
    )
    expect(await other.run(['env', 'codearts'])).toEqual(
      fails(64, "zoe has no accessKey, which CodeArts' clients sign with; choose another: --user NAME"),
    )
    await other.close()
  })

  it('writes what node --env-file reads', async () => {
    await desk.shell('fakeforge env gitlab --shell dotenv > env')
    const text = readFileSync(join(desk.folder, 'env'), 'utf8')
    expect(parseEnv(text).CI_API_V4_URL).toBe(`${desk.url}/api/v4`)
  })

  it('is about the demo world when no server runs, and says so', async () => {
    const empty = openEmptyDesk()
    const ended = await empty.run(['env', 'gitflic', '--url', 'http://127.0.0.1:4'])
    await empty.close()
    expect(ended).toEqual({
      code: 0,
      out: "export GITFLIC_API_URL='http://127.0.0.1:4'\nexport GITFLIC_TOKEN='ada-token'\nexport GITFLIC_PROJECT='acme/widgets'\n",
      err: 'fakeforge: nobody answers at http://127.0.0.1:4; these are for the demo world, which fakeforge serves.\n',
    })
  })

  it.each([
    [['github'], 'unknown vendor "github"; allowed: gitlab, bitbucket, gitflic, codearts'],
    [
      ['gitlab', '--user', 'eve'],
      '--user: "eve" has no token, or is nobody; allowed: ada, mia, dee, rex, gus, sam',
    ],
    [
      ['gitlab', '--shell', 'csh'],
      "option '--shell <shell>' argument 'csh' is invalid. Allowed choices are sh, fish, powershell, cmd, dotenv, json. See fakeforge env --help",
    ],
  ])('%j exits 64', async (argv, sentence) => {
    expect(await desk.run(['env', ...argv])).toEqual(fails(64, sentence))
  })

  it('names the projects that there are', async () => {
    const { code, err } = await desk.run(['env', 'gitlab', '--project', 'no/such'])
    expect([code, err]).toEqual([
      64,
      expect.stringMatching(
        /^fakeforge: --project: there is no project "no\/such"; allowed: acme\/widgets, .*\n$/,
      ),
    ])
  })
})

/** As the generated clients of the service do. */
function askAsSdk(given: Record<string, string>, url: string): Promise<unknown> {
  const credential = new BasicCredentials()
    .withAk(given.HUAWEICLOUD_SDK_AK ?? '')
    .withSk(given.HUAWEICLOUD_SDK_SK ?? '')
    .withProjectId(given.HUAWEICLOUD_SDK_PROJECT_ID ?? '')
  const client = new HcClient(new DefaultHttpClient({}, [desk.url]))
    .withCredential(credential)
    .withEndpoints([desk.url])
  return client.sendRequest({
    method: 'GET',
    url,
    contentType: 'application/json',
    queryParams: {},
    pathParams: {},
    headers: {},
  })
}
