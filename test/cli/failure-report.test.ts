import { afterEach, expect, it, vi } from 'vitest'
import { reportFailure } from '../../src/cli/failure-report.ts'
import { UsageError } from '../../src/config/mistakes.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

it('an error of fakeforge itself is one sentence, without a stack trace', () => {
  expect(reportFailure(new TypeError('x is not a function\nat all'), false)).toEqual({
    text: 'fakeforge: x is not a function (an error of fakeforge itself; NODE_DEBUG=fakeforge says where it comes from)\n',
    exitCode: 1,
  })
})

it('NODE_DEBUG=fakeforge says where it comes from', () => {
  vi.stubEnv('NODE_DEBUG', 'http,fakeforge')
  expect(reportFailure(new TypeError('x is not a function'), false).text).toMatch(
    /^fakeforge: TypeError: x is not a function\n +at .*failure-report\.test\.ts/,
  )
})

it('several mistakes are several lines, the same one but once', () => {
  const error = new UsageError(['--port: no', '--host: no', '--port: no'])
  expect(reportFailure(error, false)).toEqual({
    text: 'fakeforge: --port: no\nfakeforge: --host: no\n',
    exitCode: 64,
  })
  expect(reportFailure(error, true)).toEqual({
    text: '{"error":"invalid-options","message":"--port: no\\n--host: no"}\n',
    exitCode: 64,
  })
})
