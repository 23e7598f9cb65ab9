import { loadFixtureFile } from '../forge/fixture/load.ts'

/** Says that a fixture is right. Throws FixtureError with all that is wrong with it. */
export async function validate(file: string): Promise<void> {
  const { fixture } = await loadFixtureFile(file)
  const { users = [], owners = [], projects = [] } = fixture
  process.stdout.write(
    `${file} is a valid fixture: ${users.length} users, ${owners.length} owners, ${projects.length} projects\n`,
  )
}
