/** The image's health check: exit code 0 once the server serves. */
const port = process.env.FAKEFORGE_PORT || '4747'
const healthy = await fetch(`http://127.0.0.1:${/^\d+$/.test(port) ? port : '4747'}/__admin/health`)
  .then((answer) => answer.ok)
  .catch(() => false)
process.exit(healthy ? 0 : 1)
