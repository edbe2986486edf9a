import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { FolderHeld } from '../../database/lock.ts'
import { openDesk } from '../../desk.ts'
import { BadArguments, readHostOptions } from '../data-folder.ts'
import { openBrowserPrinting } from './printing.ts'
import { openInSystem } from './open.ts'
import { serve } from './serve.ts'

/** The browser host: the desk's fetch behind HTTP on 127.0.0.1, opened in the user's browser. */
const bundled = import.meta.filename.endsWith('.js')
const at = (path: string) => new URL(path, import.meta.url)
const root = fileURLToPath(at(bundled ? '../../' : '../../../'))

const options = readOptions()
const printing = openBrowserPrinting()
// Hexadecimal has no look-alikes: it is typed by hand where the browser does not open by itself.
const code = randomBytes(12).toString('hex')

const desk = await openDesk({
  folder: options.folder,
  root,
  renderer: fileURLToPath(at(bundled ? '../renderer' : '../../../out/renderer')),
  worker: at(bundled ? './worker.js' : '../../database/worker.ts'),
  host: { name: 'browser', ...printing, open: openInSystem },
  pairing: { code },
  demo: options.demo,
}).catch((error: unknown) => {
  if (!(error instanceof FolderHeld)) throw error
  const { folder, holder } = error
  const who = holder ? `（${holder.host}，进程 ${holder.pid}，${holder.startedAt} 启动）` : ''
  console.error(`数据文件夹正由另一个服务台程序使用${who}。请先关闭它，或用 --data 另选一个文件夹：${folder}`)
  process.exit(3)
})

/** Drafts and the pairing belong to an address: on the usual one, an open page finds its desk again. */
const usualPort = 17_517
const alsoFrom = process.env.DESK_DEV_ORIGIN ? [process.env.DESK_DEV_ORIGIN] : []
const served = await serve(desk.fetch, options.port ?? usualPort, alsoFrom).catch(async () => {
  if (options.port === null) return serve(desk.fetch, 0, alsoFrom)
  await desk.close()
  console.error(`端口 ${options.port} 不能用（多半被别的程序占着）。请换一个，或用 --port 0 任选。`)
  process.exit(4)
})
const address = `${served.origin}/#pair=${code}`
console.log(`desk ready: ${address}`)
if (options.open) {
  // A machine without a desktop: the line above is there to be copied.
  openInSystem(address).catch(() => {})
}

let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  const stopped = served.close()
  await desk.close()
  served.server.closeAllConnections()
  await stopped
  await printing.close()
  process.exit(0)
}
process.on('SIGTERM', () => void end())
process.on('SIGINT', () => void end())

function readOptions() {
  try {
    return readHostOptions(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof BadArguments)) throw error
    console.error(error.message)
    process.exit(2)
  }
}
