import { client, inferred, type Rule, recording } from '../../evidence.ts'
import { records } from './sources.ts'

const TOLD = recording(`${records.sourcegraph}, and others of 2020 to 2024`)

export const headers = {
  'content-type': {
    rule: 'JSON is application/json;charset=UTF-8 in just that spelling, of refusals too',
    evidence: [TOLD],
  },
  'content-type-of-status-documents': {
    rule: 'documents of the REST framework are XML unless JSON is asked for by name',
    evidence: [recording(records.registry), inferred('the charset')],
  },
  'content-type-of-container-pages': {
    rule: 'pages of the servlet container are text/html;charset=utf-8, and in English',
    evidence: [inferred('Tomcat')],
  },
  'content-type-of-nothing': {
    rule: 'a 204 and other empty answers have no Content-Type',
    evidence: [inferred('what is not there has no type')],
  },
  'cache-control': {
    rule: 'two Cache-Control lines and Pragma keep every answer out of caches',
    evidence: [TOLD],
  },
  vary: {
    rule: 'Vary names X-AUSERNAME and, later, the session as well',
    evidence: [
      recording(`${records.sourcegraph}: X-AUSERNAME,Accept-Encoding`, { until: '7.0' }),
      recording(`${records.sourcegraph}: with x-auserid and cookie`, { since: '7.11' }),
    ],
  },
  'x-arequestid': {
    rule: 'X-AREQUESTID is node, minute of the day, number of the request and requests at work',
    evidence: [TOLD, inferred('the parts: two recordings whose time is known; here the minute is of UTC')],
  },
  'x-auserid': {
    rule: 'X-AUSERID and X-AUSERNAME say who is signed in, and are absent for nobody',
    evidence: [TOLD, client("Atlassian's plugin for Jenkins learns its user from application-properties")],
  },
  'x-asessionid': {
    rule: 'X-ASESSIONID is up to seven digits in base 36, for whoever is signed in',
    evidence: [TOLD, inferred('that it stays the same for a user')],
  },
  'x-asen': {
    rule: 'X-ASEN is the number of the licence; a quirk, off by default',
    evidence: [recording(`${records.sourcegraph}; absent from those of 7.11`, { until: '7' })],
  },
  'x-content-type-options': { rule: 'X-Content-Type-Options is nosniff', evidence: [TOLD] },
  'www-authenticate': {
    rule: 'a login that failed is challenged, a permission that is missing is not',
    evidence: [inferred('the realm that browsers have seen; it does no harm to clients')],
  },
  allow: {
    rule: 'a wrong method, and OPTIONS, are told the methods of the resource',
    evidence: [inferred('the REST framework: HEAD,GET,OPTIONS')],
  },
  location: {
    rule: 'a new pull request has its address in Location, a new tag or branch has not',
    evidence: [
      recording(`${records.several}: of a pull request`),
      inferred('none of a tag: none has been seen'),
    ],
  },
  'location-of-moved': {
    rule: 'the new address of a repository that has moved stands in Location',
    evidence: [recording(records.registry)],
  },
} satisfies Record<string, Rule>
