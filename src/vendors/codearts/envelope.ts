/** What the deprecated generations wrap their results in. */
export function envelop<Result>(result: Result) {
  return { result, status: 'success' as const }
}
