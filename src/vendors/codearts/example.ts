import type { ExampleRequest } from '../vendor.ts'

/** The tags of a repository, asked for with an IAM token. */
export function exampleRequest(project: { readonly id: number }, token: string): ExampleRequest {
  return { path: `/v4/repositories/${project.id}/repository/tags`, headers: { 'X-Auth-Token': token } }
}
