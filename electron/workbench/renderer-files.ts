import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
}

/** Nothing from elsewhere, no inline script, no eval; Element Plus places its popups by style attributes. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * Serves the built renderer. Unknown paths without a file ending are routes of the renderer and get its page; the
 * path is decoded and normalised before it touches the disk, so it never leaves the folder.
 */
export async function serveRenderer(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return new Response(null, { status: 405, headers })
  let path: string
  try {
    path = normalize(decodeURIComponent(new URL(request.url).pathname))
  } catch {
    return new Response(null, { status: 400, headers })
  }
  if (path.includes('\0')) return new Response(null, { status: 400, headers })
  const ending = extname(path)
  const file = join(folder, ending ? path : 'index.html')
  const type = types[extname(file)]
  if (!type || !file.startsWith(folder + sep)) return new Response(null, { status: 404, headers })
  try {
    const body = await readFile(file)
    // Built files carry a hash in their names; the page itself must always be fresh.
    const cache = path.startsWith(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-store'
    return new Response(request.method === 'HEAD' ? null : body, {
      headers: { ...headers, 'content-type': type, 'cache-control': cache },
    })
  } catch {
    return new Response(null, { status: 404, headers })
  }
}
