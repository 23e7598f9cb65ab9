import { client, documentation, inferred, type OperationEvidence } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { inOldRepository, inRepository, ofBody, ofChange, ofNumbers, ofText } from './shared.ts'
import { clients, pages } from './sources.ts'

const PAGE = documentation(`${pages.api}, webhooks of a repository`)
const MODEL = client(`${clients.sdk}: names and order of the fields`)
const IN_HOOKS = [...inRepository, ...ofChange] as const
const OF_HOOK = [...ofNumbers, ...ofText, ...ofBody, 'parameter-not-a-choice', 'url-invalid'] as const

/** A webhook that is not there is an object that is missing. */
export const hooks = {
  'codearts.listHooks': {
    summary: 'List webhooks',
    successes: {
      ok: { status: 200, rule: 'an array of the webhooks, tokens hidden', evidence: [PAGE, MODEL] },
    },
    failures: IN_HOOKS,
    refusals: ofNumbers,
    orderings: ['hooks-by-id'],
    provenBy: [],
  },
  'codearts.createHook': {
    summary: 'Create a webhook',
    successes: {
      created: {
        status: 201,
        rule: 'the new webhook, the one time with its token',
        evidence: [PAGE, MODEL, inferred('201: other creations of v4')],
      },
    },
    failures: IN_HOOKS,
    refusals: [...OF_HOOK, 'parameter-missing'],
    provenBy: [],
    missing: ['pushes of branches, merge requests and notes are not told of'],
  },
  'codearts.getHook': {
    summary: 'Show a webhook',
    successes: { ok: { status: 200, rule: 'the webhook, its token hidden', evidence: [PAGE, MODEL] } },
    failures: [...IN_HOOKS, 'object-missing'],
    refusals: ofNumbers,
    provenBy: [],
  },
  'codearts.updateHook': {
    summary: 'Change a webhook',
    successes: {
      ok: {
        status: 200,
        rule: 'the webhook as it is now; what is not given stays',
        evidence: [PAGE, MODEL, inferred('that what is not given stays')],
      },
    },
    failures: [...IN_HOOKS, 'object-missing'],
    refusals: OF_HOOK,
    provenBy: [],
    missing: ['pushes of branches, merge requests and notes are not told of'],
  },
  'codearts.deleteHook': {
    summary: 'Delete a webhook',
    successes: {
      deleted: {
        status: 204,
        rule: 'the webhook is gone',
        evidence: [PAGE, inferred('204: other deletions of v4')],
      },
    },
    failures: [...IN_HOOKS, 'object-missing'],
    refusals: ofNumbers,
    provenBy: [],
  },
  'codearts.createHookV1': {
    summary: 'Create a webhook through v1',
    successes: {
      ok: {
        status: 200,
        rule: 'the new webhook in an envelope; its token goes by X-Codehub-Token',
        evidence: [
          client('clients of the older API: the request and X-Codehub-Token'),
          inferred('the fields of the result'),
        ],
      },
    },
    failures: [...inOldRepository, ...ofChange, 'project-moved'],
    refusals: [
      ...ofText,
      ...ofBody,
      'parameter-missing',
      'parameter-type-wrong',
      'parameter-not-a-choice',
      'url-invalid',
    ],
    provenBy: [],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
