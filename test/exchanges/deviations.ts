/** Where a printed sample is not what servers answer: the file keeps what is printed, and this is what is different. */
export interface Deviation {
  /** Kind and pointer of the difference. */
  readonly difference: RegExp
  readonly reason: string
}

const swapped: Deviation = {
  difference: /^value \/body(?:\/values\/0)?\/(?:id|displayId)$/,
  reason: 'the sample has id and displayId the wrong way round: every recording has the full name in id',
}

const anyError: readonly Deviation[] = [
  {
    difference: /^value \/body\/errors\/0\/message$/,
    reason: 'the page prints one message for all errors',
  },
  {
    difference: /^type \/body\/errors\/0\/exceptionName$/,
    reason: 'the page prints null; every recording of such an error names an exception',
  },
]

/** By the name of the file. */
export const deviations: Readonly<Record<string, readonly Deviation[]>> = {
  'bitbucket/core-rest-page': [swapped, ...anyError],
  'bitbucket/git-rest-page': [swapped, ...anyError],
  'bitbucket/git-rest-page-empty': anyError,
  'codearts/v2-page': [
    {
      difference: /^type \/body\/result\/tags\/0\/is_double_name$/,
      reason: 'the sample has a text; the model, and a client that reads it from the service, have a boolean',
    },
  ],
  'gitflic/create-page': [
    {
      difference: /^value \/body\/(?:short|full)Message$/,
      reason: 'the request of the sample has a message, its answer has none',
    },
  ],
  'gitflic/new-rule-page': [
    {
      difference: /^value \/body\/allowToCreate$/,
      reason: 'the request of the sample says ADMINS, its answer NO_ONE',
    },
  ],
  'gitlab/tags-page': [
    {
      difference: /^extra \/body(?:\/0)?\/(?:commit\/(?:trailers|extended_trailers|web_url)|created_at)$/,
      reason: 'the sample is older than these fields',
    },
    {
      difference: /^form \/body(?:\/0)?\/commit\/(?:authored|committed)_date$/,
      reason: 'the sample has some dates without milliseconds; no recording has',
    },
    {
      difference: /^value \/body\/0\/release\/tag_name$/,
      reason: 'the release of the sample belongs to another tag than the one that it is shown with',
    },
    {
      difference: /^value \/body\/commit\/title$/,
      reason: 'the title of the sample is not the first line of its message',
    },
    {
      difference: /^reference \/body\/commit\/created_at$/,
      reason: 'the sample of v5.0.0 has created_at from another commit; servers answer the committer’s date',
    },
  ],
}
