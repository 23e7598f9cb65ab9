import type { ExampleRequest } from '../vendor.ts'

/** The tags of a project, asked for with a personal access token. */
export function exampleRequest(project: { readonly id: number }, token: string): ExampleRequest {
  return { path: `/projects/${project.id}/repository/tags`, headers: { 'PRIVATE-TOKEN': token } }
}
