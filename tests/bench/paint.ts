import { demoOperators, demoPin } from '../../seeds/demo/operators.ts'
import { openCore } from './search.ts'
import { newPage, openBrowser } from './browser.ts'
import { copyOf, datasetOf } from './datasets.ts'
import { kill, startHost } from './host.ts'
import { rowOf, type Row } from './measure.ts'
import { questionsOf } from './questions.ts'

type Watch = { samples: number[]; unchanged: number; settled: boolean }

/**
 * In the page: from a keystroke (its own time stamp) over the answer to the frame that shows it. An answer that
 * leaves the list as it was paints nothing and is counted apart.
 */
const watchPaint = () => {
  const watch: Watch = { samples: [], unchanged: 0, settled: true }
  Object.assign(window, { watch })
  let pressed = 0
  let answered = false
  let timer = 0
  addEventListener(
    'beforeinput',
    (event) => {
      pressed = event.timeStamp
      answered = false
      watch.settled = false
    },
    true,
  )
  // A key comes before the input it makes; text from an input method comes without one.
  let key = 0
  addEventListener('keydown', (event) => (key = event.timeStamp), true)
  addEventListener(
    'input',
    () => {
      if (pressed - key < 20) pressed = key
    },
    true,
  )
  const ask = window.fetch.bind(window)
  window.fetch = async (...input) => {
    const response = await ask(...input)
    const url = input[0] instanceof Request ? input[0].url : String(input[0])
    if (!url.endsWith('/rpc/overview/search')) return response
    answered = true
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      if (watch.settled) return
      watch.unchanged += 1
      watch.settled = true
    }, 150)
    return response
  }
  new MutationObserver((changes) => {
    if (!answered || watch.settled) return
    const inResults = changes.some(({ target }) => {
      const element = target instanceof Element ? target : target.parentElement
      return element?.closest('[role=search]')
    })
    if (!inResults) return
    answered = false
    clearTimeout(timer)
    const from = pressed
    requestAnimationFrame(() => {
      const painted = new MessageChannel()
      painted.port1.onmessage = () => {
        watch.samples.push(performance.now() - from)
        watch.settled = true
      }
      painted.port2.postMessage(null)
    })
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
}

/** `search.paint`: keystroke to painted results in Chromium, the built host behind it. */
export async function benchPaint(wanted: (name: string) => boolean, people: number): Promise<Row[]> {
  if (!wanted('search.paint')) return []
  const folder = copyOf(datasetOf(`people-${people}`, { years: 1, people }))
  const db = openCore(folder)
  const questions = (['name', 'pinyin', 'initials', 'phone-tail', 'door'] as const).flatMap((kind) =>
    questionsOf(db, kind, 8).map(({ typed }) => typed),
  )
  db.close()
  const host = await startHost(folder)
  const browser = await openBrowser()
  try {
    const page = await newPage(browser)
    await page.addInitScript(watchPaint)
    await page.goto(`${host.origin}/#pair=${host.code}`)
    await page.getByRole('heading', { name: '请登录' }).waitFor()
    await page.getByText(demoOperators[1]!.name, { exact: true }).first().click()
    await page.keyboard.type(demoPin)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation').first().waitFor()
    const settled = () => page.waitForFunction(() => (window as unknown as { watch: Watch }).watch.settled)
    const type = async (typed: string) => {
      await page.keyboard.press('Control+k')
      for (const character of typed) {
        if (/[!-~]/.test(character)) await page.keyboard.press(character === '-' ? 'Minus' : character)
        else await page.keyboard.insertText(character)
        await settled()
        // As fast as somebody types: about eight keys a second.
        await page.waitForTimeout(60)
      }
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    }
    for (const typed of questions.slice(0, 4)) await type(typed)
    await page.evaluate(() => (window as unknown as { watch: Watch }).watch.samples.splice(0))
    for (const typed of questions) await type(typed)
    const { samples, unchanged } = await page.evaluate(() => (window as unknown as { watch: Watch }).watch)
    if (unchanged > 0) process.stderr.write(`search.paint: ${unchanged} answers left the list as it was\n`)
    return [rowOf('search.paint', 'ms', samples)]
  } finally {
    await browser.close()
    await kill(host)
  }
}
