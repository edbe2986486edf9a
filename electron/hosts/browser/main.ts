import { setFlagsFromString } from 'node:v8'

// glibc gives each thread a heap of its own and keeps what a drawn photo leaves there: 430 MB resident after an import
// of photos, 250 MB with one heap that is given back (bench visit.photos-memory). It asks for this only as a process
// begins, so the process begins once more, in its place; what it starts later is none of this.
const heap = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' }
if (process.platform === 'linux' && process.execve && !process.env.MALLOC_ARENA_MAX) {
  const [node, ...rest] = process.argv
  process.execve(process.execPath, [node!, ...process.execArgv, ...rest], { ...process.env, ...heap })
}
for (const name of Object.keys(heap)) delete process.env[name]

// Requests leave short-lived garbage, for which V8 would let its young space grow: 190 MB resident after a morning's
// work, 140 MB with this, at the same pace (bench host.memory). Before anything else is loaded, hence two files.
setFlagsFromString('--semi-space-growth-factor=1')
// A PDF leaves 2 MB of long strings behind, of which V8 would gather three times what is alive before it looks: 400 MB
// resident after two hundred certificates, 230 MB when it looks each time the heap has grown by half (bench
// certificate.batch-memory).
setFlagsFromString('--heap-growing-percent=50')

await import('./run.ts')
