import { expect, it } from 'vitest'
import { buildApp, FixtureError, type Options, UsageError } from '../src/index.ts'

it.each([
  [{ profiles: { gitlab: '15' } }, ['gitlab has no profile "15"; allowed: current, 14, 13, documented']],
  [{ profiles: { github: 'x' } }, ['unknown vendor "github"; allowed: bitbucket, gitlab, gitflic, codearts']],
  [
    { quirks: ['gitflic.nope'] },
    [expect.stringMatching(/^unknown quirk "gitflic\.nope"; allowed: .*gitflic\.tagGet400/)],
  ],
  [{ prefixes: { gitlab: 'gitlab/' } }, ['"gitlab/" cannot be a prefix; write it as /gitlab']],
  [{ clock: 'noon' }, ['"noon" is not an ISO 8601 instant']],
])('%j is refused with what is allowed', async (options, mistakes) => {
  const error = await buildApp(options as Partial<Options>).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UsageError)
  expect((error as UsageError).mistakes).toEqual(mistakes)
})

it('a project on a server of an unknown version is refused with its path', async () => {
  const fixture = { users: [{ username: 'a' }], projects: [{ path: 'a/x', profiles: { bitbucket: '3' } }] }
  const error = await buildApp({ fixture }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(FixtureError)
  expect((error as FixtureError).problems[0]?.path).toBe('projects[0].profiles.bitbucket')
})
