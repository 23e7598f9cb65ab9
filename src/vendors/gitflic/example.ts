import type { ExampleRequest } from '../vendor.ts'

/** The tags of a project, asked for with an access token. */
export function exampleRequest(project: { readonly path: string }, token: string): ExampleRequest {
  return { path: `/project/${project.path}/tag`, headers: { Authorization: `token ${token}` } }
}
