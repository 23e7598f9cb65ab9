import { client, documentation, inferred, type RefusalRule } from '../../evidence.ts'
import { pages } from './sources.ts'

const BODY = [
  inferred(
    `${pages.errors}: 'body': The body is out of max length (8000 characters). That is of other calls of v4`,
  ),
] as const

/** What the gateway and the service refuse before a call is looked at. */
export const requestRefusals = {
  'unknown-route': {
    status: 404,
    rule: 'an unknown address, and another method at a known one, are not published',
    evidence: [
      documentation(`${pages.gateway}: APIGW.0101`),
      client('a client that has met it, for a method that is not published, too'),
    ],
  },
  'url-malformed': {
    status: 404,
    rule: 'a URL that cannot be decoded is an unknown address',
    evidence: [inferred('the gateway finds no API for it')],
  },
  'access-key-unknown': {
    status: 401,
    rule: 'a signature of a key that nobody has is refused by the gateway',
    evidence: [documentation(`${pages.gateway}: APIGW.0301, Get secretKey failed`)],
  },
  'signature-wrong': {
    status: 401,
    rule: 'a signature that does not fit its request is refused by the gateway',
    evidence: [
      documentation(`${pages.gateway}: APIGW.0301, verify aksk signature fail`),
      client("a client's fixture of the same answer"),
    ],
  },
  'signature-expired': {
    status: 401,
    rule: 'a signature is good for fifteen minutes around its date; a quirk, off by default',
    evidence: [inferred(`${pages.signing}: how long signatures are good for; the words are ours`)],
  },
  'content-type-wrong': {
    status: 400,
    rule: 'a body that is not declared as JSON is refused',
    evidence: [inferred(`${pages.api}: Content-Type`), ...BODY],
  },
  'body-missing': { status: 400, rule: 'a body must be there where one is described', evidence: BODY },
  'json-unreadable': { status: 400, rule: 'a body must be JSON', evidence: BODY },
  'body-too-large': {
    status: 400,
    rule: 'a body above the limit of the server is a bad request',
    evidence: BODY,
  },
  'request-broken': {
    status: 400,
    rule: 'a request that contradicts itself cannot be read',
    evidence: BODY,
  },
} satisfies Record<string, RefusalRule>
