import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import type { Client } from '../hosts/desk-process.ts'
import { oneYear, tenYears } from './accept.ts'
import { newPage, openBrowser } from './browser.ts'
import { copyOf } from './datasets.ts'
import { kill, residentMegabytes, signInClerk, startHost } from './host.ts'
import { growthOf, rowOf, type Row } from './measure.ts'

type Sample = { start: number; memory: number; screen: number; bundle: number }

/** Marks the moment at which the PIN can be typed and the screen that says so is painted. */
const watchForPin = () => {
  const look = () => {
    const focused = document.activeElement
    if (focused instanceof HTMLInputElement && focused.offsetParent) {
      requestAnimationFrame(() => {
        const painted = new MessageChannel()
        painted.port1.onmessage = () => ((window as unknown as { usable: number }).usable = performance.now())
        painted.port2.postMessage(null)
      })
    } else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** From the address that the host printed to a sign-in screen that takes the PIN; kB of JS and CSS on the way. */
async function openFirstScreen(
  browser: Browser,
  address: string,
): Promise<{ screen: number; bundle: number }> {
  const page = await newPage(browser)
  const bodies: Promise<number>[] = []
  page.on('response', (response) => {
    if (!/\.(js|css)$/.test(new URL(response.url()).pathname)) return
    bodies.push(
      response.body().then(
        (body) => gzipSync(body, { level: 9 }).byteLength,
        () => 0,
      ),
    )
  })
  await page.addInitScript(watchForPin)
  await page.goto(address)
  const usable = await page.waitForFunction(() => (window as unknown as { usable?: number }).usable)
  const screen = (await usable.jsonValue())!
  const sizes = await Promise.all(bodies)
  await page.context().close()
  return { screen, bundle: sizes.reduce((sum, size) => sum + size, 0) / 1000 }
}

/** A morning's work and the daily check of the file, so that the memory is that of a desk in use. */
async function work(client: Client): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    for (const query of ['张', 'wang', 'lxh', '1234', '3-2-501']) await client.overview.search({ query })
    if (round % 10 > 0) continue
    await client.overview.today({})
    await client.enquiries.list({ state: 'all' })
    await client.enquiries.matters({})
  }
  const patience = Date.now() + 60_000
  while (!(await client.settings.status({})).check && Date.now() < patience) {
    await new Promise((resolve) => setTimeout(resolve, 3000))
  }
}

async function sample(folder: string, browser: Browser): Promise<Sample> {
  const host = await startHost(folder)
  try {
    const first = await openFirstScreen(browser, `${host.origin}/#pair=${host.code}`)
    return { start: host.startedIn, memory: 0, ...first }
  } finally {
    await kill(host)
  }
}

async function memoryAtWork(folder: string): Promise<number> {
  const host = await startHost(folder)
  try {
    const { client } = await signInClerk(host)
    await work(client)
    return residentMegabytes(host.child.pid!)
  } finally {
    await kill(host)
  }
}

const starts = 15
const memories = 3

/** `host.start host.memory screen.first bundle.first-load` on ten years, and their growth from one. */
export async function benchStart(wanted: (name: string) => boolean): Promise<Row[]> {
  const names = ['host.start', 'host.memory', 'screen.first'] as const
  const all = [...names, ...names.map((name) => `growth.${name}`), 'bundle.first-load']
  if (!all.some(wanted)) return []
  const [ten, one] = [copyOf(tenYears()), copyOf(oneYear())]
  const samples = { ten: [] as Sample[], one: [] as Sample[] }
  const memory = { ten: [] as number[], one: [] as number[] }
  if (all.some((name) => wanted(name) && !name.endsWith('host.memory'))) {
    const browser = await openBrowser()
    try {
      // The first of each warms the system's file cache and Chromium's own; a desk is started every morning.
      for (let round = -1; round < starts; round += 1) {
        const [forTen, forOne] = [await sample(ten, browser), await sample(one, browser)]
        if (round >= 0) {
          samples.ten.push(forTen)
          samples.one.push(forOne)
        }
      }
    } finally {
      await browser.close()
    }
  }
  if (wanted('host.memory') || wanted('growth.host.memory')) {
    for (let round = 0; round < memories; round += 1) {
      memory.ten.push(await memoryAtWork(ten))
      memory.one.push(await memoryAtWork(one))
    }
  }
  const of = (which: Sample[], field: keyof Sample) => which.map((one) => one[field])
  const measured = {
    'host.start': { unit: 'ms', ten: of(samples.ten, 'start'), one: of(samples.one, 'start') },
    'host.memory': { unit: 'MB', ten: memory.ten, one: memory.one },
    'screen.first': { unit: 'ms', ten: of(samples.ten, 'screen'), one: of(samples.one, 'screen') },
  } as const
  const made: Row[] = []
  for (const name of names) {
    const { unit, ten: forTen } = measured[name]
    if (wanted(name)) made.push(rowOf(name, unit, forTen))
  }
  if (wanted('bundle.first-load')) made.push(rowOf('bundle.first-load', 'kB', of(samples.ten, 'bundle')))
  for (const name of names) {
    if (wanted(`growth.${name}`)) made.push(growthOf(name, measured[name].one, measured[name].ten))
  }
  return made
}
