/** Starts the server once and asks each vendor for its tags, so that an image that cannot is not built. */
import { startFakeForge } from '../dist/index.js'

const paths = [
  '/__admin/health',
  '/api/v4/projects/acme%2Fwidgets/repository/tags?private_token=mia-token',
  '/acme/gadgets.git/info/refs?service=git-upload-pack',
]
const forge = await startFakeForge()
for (const path of paths) {
  const answer = await fetch(forge.url + path)
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`)
}
await forge.close()
