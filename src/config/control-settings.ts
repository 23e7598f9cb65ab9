import type { Options } from '../options.ts'
import * as read from './readers.ts'
import type { Rows } from './setting-row.ts'

type ControlKey = Extract<
  keyof Options,
  | `journal${string}`
  | `sandbox${string}`
  | `webhook${string}`
  | 'keptAnswers'
  | 'strict'
  | 'explain'
  | 'repoRoot'
  | 'stateLimit'
  | 'adminToken'
>

/** The settings of the control plane and of what it keeps. */
export const controlRows: Rows<ControlKey> = {
  sandboxLimit: {
    value: '<number>',
    help: 'how many sandboxes there may be at once',
    example: '100',
    read: read.readCount,
  },
  sandboxLifetime: {
    value: '<duration>',
    help: 'how long a sandbox is there at most',
    example: '30m',
    absent: '24h',
    read: read.readDuration,
  },
  sandboxIdle: {
    value: '<duration>',
    help: 'how long a sandbox that was made without a ttl is there when nobody asks for it',
    example: '5m',
    absent: '1h',
    read: read.readDuration,
  },
  journalSize: {
    value: '<number>',
    help: 'requests that the journal of each sandbox keeps; 0 keeps none',
    example: '10000',
    read: read.readCount,
  },
  journalBodyLimit: {
    value: '<size>',
    help: 'how much of each body the journal keeps',
    example: '4KiB',
    absent: '64KiB',
    read: read.readSize,
  },
  journalKeep: {
    value: '<boolean>',
    help: 'true: a reset leaves the journal as it is',
    example: 'true',
    read: read.readSwitch,
  },
  keptAnswers: {
    value: '<number>',
    help: 'answers kept for the same request to come again while nothing has changed; 0 keeps none',
    example: '0',
    read: read.readCount,
  },
  strict: {
    value: '[boolean]',
    help: 'the journal tells what clients do wrong although their vendors let it pass',
    example: 'true',
    read: read.readSwitch,
  },
  explain: {
    value: '[boolean]',
    help: 'each answer has a header X-Fakeforge-Rule: its rule, and where that is known from',
    example: 'true',
    read: read.readSwitch,
  },
  repoRoot: {
    value: '<folder>',
    help: 'fixtures posted to the control plane may name repositories below it',
    example: './repositories',
    absent: "the fixture's folder",
    read: read.readFolderPath,
  },
  webhookTimeout: {
    value: '<duration>',
    help: "how long a webhook's receiver may take to answer",
    example: '500ms',
    absent: '10s',
    read: read.readDuration,
  },
  webhookRetries: {
    value: '<number>',
    help: 'how often a delivery is tried again after no answer, 408, 429 or 5xx',
    example: '3',
    read: read.readCount,
  },
  webhookRetryDelay: {
    value: '<duration>',
    help: 'pause before the first of these; each next one is twice as long',
    example: '50ms',
    absent: '1s',
    read: read.readDuration,
  },
  webhookAllow: {
    value: '<host>',
    help: 'host, address or network beyond loopback and private ones that webhooks may be sent to; * for all',
    example: 'hooks.example.test',
    absent: 'none',
    repeatable: true,
    read: read.readHosts,
  },
  stateLimit: {
    value: '<size>',
    help: 'largest state that the control plane takes',
    example: '1GiB',
    absent: '256MiB',
    read: read.readSize,
  },
  adminToken: {
    value: '<token>',
    help: 'bearer token that the control plane asks for; other users of the machine can see flags, so prefer the environment',
    example: 'let-me-in',
    absent: 'none asked',
    read: read.readSecret,
  },
}
