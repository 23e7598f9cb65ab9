/** git's own HTTP server, `git http-backend`, behind as little as a CGI program needs: `node git-backend.mjs PORT FOLDER`. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'

const [port, folder] = process.argv.slice(2)

createServer((request, response) => {
  const { pathname, search } = new URL(request.url, 'http://localhost')
  if (pathname === '/') {
    response.end()
    return
  }
  const { headers } = request
  const program = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      // Lets anybody push.
      REMOTE_USER: 'bench',
      REQUEST_METHOD: request.method,
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      ...(headers['content-length'] === undefined ? {} : { CONTENT_LENGTH: headers['content-length'] }),
    },
  })
  // A program that has read enough closes its input.
  program.stdin.on('error', () => undefined)
  request.pipe(program.stdin)
  passOn(program.stdout, response)
}).listen(Number(port), '127.0.0.1')

/** Takes the header lines off that a CGI program begins with, and hands on the rest as it comes. */
function passOn(output, response) {
  let head = Buffer.alloc(0)
  output.on('data', function read(chunk) {
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    output.off('data', read)
    for (const line of head.toString('latin1', 0, end).split('\r\n')) {
      const [name, value] = line.split(': ')
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10)
      else response.setHeader(name, value)
    }
    response.write(head.subarray(end + 4))
    output.pipe(response)
  })
}
