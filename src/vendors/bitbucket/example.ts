import type { ProjectSpec } from '../../forge/spec.ts'
import type { ExampleRequest } from '../vendor.ts'
import { keyOf, slugOf } from './naming.ts'

/** The tags of a project, asked for with an HTTP access token. */
export function exampleRequest(project: ProjectSpec, token: string): ExampleRequest {
  return {
    path: `/projects/${keyOf(project.owner)}/repos/${slugOf(project)}/tags`,
    headers: { Authorization: `Bearer ${token}` },
  }
}
