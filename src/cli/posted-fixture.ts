import { resolve } from 'node:path'
import { loadFixtureFile } from '../forge/fixture/load.ts'

/**
 * A fixture from a file, as the control plane takes it. Repositories on disk are named by their whole path, since the server
 * may run in another folder. Throws FixtureError.
 */
export async function readFixtureToPost(file: string): Promise<object> {
  const { fixture, folder } = await loadFixtureFile(file)
  const { projects = [] } = fixture
  return {
    ...fixture,
    projects: projects.map((project) =>
      project.git === undefined ? project : { ...project, git: resolve(folder, project.git) },
    ),
  }
}
