import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openHouse, type House } from '../house.ts'
import { filesOnDisk, pdf } from './sample-files.ts'

/** Sends a PDF whose bytes come when they are read, not before; `meanwhile` runs while they are on their way. */
function upload(house: House, token: string, text: string, meanwhile: () => Promise<unknown>) {
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await meanwhile()
        controller.enqueue(new Uint8Array(pdf(text)))
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/octet-stream',
    'x-file-name': 'x.pdf',
  }
  // Without `duplex` Node takes no stream; the types of the web do not know it.
  const sent = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  return house.desk.fetch(new Request('http://127.0.0.1/files', sent))
}

test('many uploads at once are taken in a few at a time, and all of them in the end', async () => {
  const house = await openHouse()
  const token = await house.signIn('clerk')
  let [reading, most] = [0, 0]
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      upload(house, token, String(index), async () => {
        most = Math.max(most, (reading += 1))
        await setImmediate()
        reading -= 1
      }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200))
  expect(most).toBe(4)
})

test('an upload from a screen that was locked meanwhile is not stored', async () => {
  const house = await openHouse()
  const token = await house.signIn('clerk')
  const answer = await upload(house, token, 'x', async () => {
    expect((await house.call('session/lock', {}, token)).status).toBe(200)
  })
  expect(((await answer.json()) as { json: { code: string } }).json.code).toBe('LOCKED')
  expect(filesOnDisk(house.folder)).toEqual([])
})
