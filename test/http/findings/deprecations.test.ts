import { describe, expect, it } from 'vitest'
import type { Options } from '../../../src/index.ts'
import { callerOf } from '../../caller.ts'
import { BASIC, CODEARTS, GITLAB, open, REST, short, TAGS } from './strict-world.ts'

describe('what is deprecated', () => {
  it.each<[Partial<Options>, Record<string, string>, string, string, object | undefined, string[]]>([
    [
      { profiles: { gitlab: '13' } },
      GITLAB,
      'POST',
      `${TAGS}/t1/release`,
      { description: 'x' },
      [
        '1 deprecated-route: gitlab.createTagRelease is deprecated since 11.7. Use POST /projects/:id/releases.',
      ],
    ],
    [
      { profiles: { gitlab: '13' } },
      GITLAB,
      'POST',
      TAGS,
      { tag_name: 'a', ref: 'main', release_description: 'x' },
      [
        '1 deprecated-parameter: body.release_description is deprecated. Since 11.7 POST /projects/:id/releases describes a release.',
      ],
    ],
    [{ profiles: { gitlab: '13' } }, GITLAB, 'POST', TAGS, { tag_name: 'a', ref: 'main' }, []],
    [
      {},
      GITLAB,
      'GET',
      '/api/v3/version',
      undefined,
      ['1 deprecated-route: gitlab.retired is deprecated since 9.0. Use /api/v4.'],
    ],
    [
      {},
      BASIC,
      'GET',
      `${REST}/branches/default`,
      undefined,
      [
        '1 deprecated-route: bitbucket.getDefaultBranch is deprecated since 7.5. Use GET /rest/api/1.0/projects/:key/repos/:slug/default-branch.',
      ],
    ],
    [{ profiles: { bitbucket: '4.5.2' } }, BASIC, 'GET', `${REST}/branches/default`, undefined, []],
    [{}, BASIC, 'GET', `${REST}/default-branch`, undefined, []],
    [
      {},
      CODEARTS,
      'GET',
      '/v2/repositories/1/tags',
      undefined,
      [
        '1 deprecated-route: codearts.listTagsV2 is deprecated. Use GET /v4/repositories/:repository_id/repository/tags.',
      ],
    ],
    [{}, CODEARTS, 'GET', '/v4/repositories/1/repository/tags?limit=100', undefined, []],
  ])('is found where the version deprecates it: %j %j %s %s %j', async (...row) => {
    const [options, headers, method, url, payload, found] = row
    const { app, findings } = await open(options)
    await callerOf(app, headers)(method, url, payload ? { payload } : {})
    expect(short(await findings())).toEqual(found)
  })
})
