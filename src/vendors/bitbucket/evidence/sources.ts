/** What is known of Bitbucket, by where it is written: names that the tables share. */

/** Pages of Atlassian's. */
export const pages = {
  general: 'REST Resources Provided By: Bitbucket Server, Errors & Validation',
  paging: 'REST Resources Provided By: Bitbucket Server, Paged APIs',
  personal: 'REST Resources Provided By: Bitbucket Server, Personal Repositories',
  git: 'REST Resources Provided By: Bitbucket Server - Git SCM REST',
  core: 'REST API of Bitbucket Data Center 9.4 (OpenAPI document)',
  branchUtils: 'REST Resources Provided By: Bitbucket Server - Branch Utils',
  classes: 'Bitbucket API javadoc, tree of exception classes',
  payloads: 'Bitbucket Data Center, Event payload',
  forEachRef:
    'Atlassian Knowledge Base, "Reference has invalid format" (the for-each-ref command that lists tags)',
  outOfDate:
    'Atlassian Knowledge Base, "REST API for merging fails" (a version that is missing counts as -1)',
  tokens: 'Atlassian Knowledge Base, "Access tokens no longer work"',
} as const

/** Answers and assertions that others have written down. */
export const records = {
  /** A client's test suite that runs against 10.2 and 10.4 keeps what it was answered. */
  registry: 'vriesdemichael/bitbucket-data-center-cli, its registry of error answers of 10.2 and 10.4',
  several:
    'Answers of real servers that clients keep: drone/go-scm, jenkinsci, sourcegraph, bitbucket-data-center-cli',
  goScm: 'drone/go-scm, scm/driver/stash/testdata',
  jenkins: 'jenkinsci/bitbucket-branch-source-plugin, recorded payloads',
  sourcegraph: 'sourcegraph, VCR cassettes of 7.0 and 7.11',
  cdancy: 'cdancy/bitbucket-rest, its mock answers',
  community: 'Atlassian Community, "DELETE request for stash tag" (a server of 4.5.2)',
  /** Tests that ran against a server of 6.9.0. */
  automation: 'webmd-health-services/BitbucketServerAutomation, tests against 6.9.0',
} as const
