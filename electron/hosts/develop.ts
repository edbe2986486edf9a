/**
 * `npm run dev`: the renderer from Vite's development server with hot reload, and behind its proxy the browser host
 * from source. Ends both when either ends.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { createServer } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const address = 'http://127.0.0.1:5173'

const host = spawn(
  process.execPath,
  [
    '--watch-path=electron',
    `${root}electron/hosts/browser/main.ts`,
    '--port',
    '0',
    '--no-open',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ['inherit', 'pipe', 'inherit'], env: { ...process.env, DESK_DEV_ORIGIN: address } },
)
host.once('exit', (status) => process.exit(status ?? 1))

host.stdout.on('data', (chunk: Buffer) => {
  const line = chunk.toString()
  process.stdout.write(line)
  const ready = /desk ready: (http:\/\/\S+?)\/#pair=(\S+)/.exec(line)
  if (ready) void develop(ready[1]!, ready[2]!)
})

let running: Awaited<ReturnType<typeof createServer>> | undefined

async function develop(target: string, code: string): Promise<void> {
  // The host restarts on another port when its source changes; so does the proxy.
  await running?.close()
  const proxied = { target, changeOrigin: true }
  running = await createServer({
    configFile: false,
    root: `${root}renderer`,
    plugins: [vue()],
    server: {
      host: '127.0.0.1',
      port: 5173,
      strictPort: true,
      proxy: { '/rpc': proxied, '/documents': proxied, '/files': proxied },
    },
  })
  await running.listen()
  console.log(`development: ${address}/#pair=${code}`)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => host.kill(signal))
