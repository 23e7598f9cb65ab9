import { documentation, inferred, type OperationEvidence } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { inRepository, moved, ofBody } from './shared.ts'
import { pages } from './sources.ts'

const SHAPE = documentation(`${pages.core}, webhooks of a repository`, { since: '5.4' })
const OF_ONE = ['unknown-in-this-version', 'webhook-missing'] as const

export const webhooks = {
  'bitbucket.listWebhooks': {
    summary: 'List webhooks',
    successes: {
      ok: { status: 200, rule: 'a page of the webhooks of the repository', evidence: [SHAPE] },
      moved,
    },
    failures: inRepository,
    refusals: ['unknown-in-this-version'],
    orderings: ['webhooks-by-age'],
    provenBy: [],
    missing: ['filters by event and scope', 'statistics'],
  },
  'bitbucket.createWebhook': {
    summary: 'Create a webhook',
    successes: {
      created: {
        status: 201,
        rule: 'the new webhook',
        evidence: [SHAPE, inferred('201, though the page lists 200: creations of other things answer it')],
      },
      moved,
    },
    failures: inRepository,
    refusals: ['unknown-in-this-version', ...ofBody, 'webhook-field-invalid'],
    provenBy: [],
    missing: ['sslVerificationRequired', 'credentials'],
  },
  'bitbucket.getWebhook': {
    summary: 'Get a webhook',
    successes: { ok: { status: 200, rule: 'the webhook', evidence: [SHAPE] }, moved },
    failures: inRepository,
    refusals: OF_ONE,
    provenBy: [],
  },
  'bitbucket.updateWebhook': {
    summary: 'Change a webhook',
    successes: { ok: { status: 200, rule: 'the webhook as it is now', evidence: [SHAPE] }, moved },
    failures: inRepository,
    refusals: [...OF_ONE, ...ofBody, 'webhook-field-invalid'],
    provenBy: [],
    missing: ['sslVerificationRequired', 'credentials'],
  },
  'bitbucket.deleteWebhook': {
    summary: 'Delete a webhook',
    successes: { deleted: { status: 204, rule: 'the webhook is gone', evidence: [SHAPE] }, moved },
    failures: inRepository,
    refusals: OF_ONE,
    provenBy: [],
  },
  'bitbucket.testWebhook': {
    summary: 'Try the address of a webhook',
    successes: {
      ok: {
        status: 200,
        rule: 'what was sent to the address, and what it answered',
        evidence: [
          documentation(`${pages.core}, test webhook`, { since: '5.4' }),
          inferred('the ping: {"test":true} has been recorded'),
          inferred('the shape below `request` and `response`'),
        ],
      },
      moved,
    },
    failures: inRepository,
    refusals: [
      'unknown-in-this-version',
      'unsupported-media-type',
      'json-unreadable',
      'webhook-field-invalid',
      'webhook-unreachable',
    ],
    provenBy: [],
    missing: ['credentials in the body'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
