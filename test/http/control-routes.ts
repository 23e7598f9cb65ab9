import type { FastifyInstance } from 'fastify'

/** The routes that the control plane has registered: `GET /__admin/requests/{number}`; without HEAD. */
export async function registeredRoutes(app: FastifyInstance): Promise<string[]> {
  const admin = await app.applications.open('admin')
  const tree = admin.printRoutes({ commonPrefix: false, includeHooks: false })
  const path: string[] = []
  const routes: string[] = []
  for (const line of tree.split('\n')) {
    const found = /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line)
    if (!found) continue
    const [, indent = '', part = '', methods] = found
    path.length = indent.length / 4
    path.push(part)
    const url = path.join('').replace(/\/$/, '')
    if (!methods || !url.startsWith('/__admin')) continue
    for (const method of methods.split(', ')) {
      if (method !== 'HEAD') routes.push(`${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
    }
  }
  return [...new Set(routes)].sort()
}
