import { startFakeForge } from '../library/fake-forge.ts'
import type { VendorId } from '../options.ts'
import { type EnvScene, type EnvWishes, findScene } from './env-scene.ts'

/** What a server with the demo world would say if it were at `url`. */
export async function demoScene(url: string, vendor: VendorId, wishes: EnvWishes): Promise<EnvScene> {
  await using server = await startFakeForge()
  const scene = await findScene(server, vendor, wishes)
  const move = (address: string) =>
    address.replace(new URL(server.url).host, new URL(url).host).replace('http:', new URL(url).protocol)
  const { project } = scene
  return {
    ...scene,
    api: move(scene.api),
    base: move(scene.base),
    project: project && { ...project, cloneUrl: move(project.cloneUrl) },
  }
}
