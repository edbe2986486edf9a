import { describe, expect, it } from 'vitest'
import { waitAfter } from '../../../electron/counters/session/backoff.ts'
import { listOperators } from '../../../electron/counters/session/operators.ts'
import { checkPin } from '../../../electron/counters/session/sign-in.ts'
import { value } from '../../../electron/database/open.ts'
import { openTestDesk, pin, type TestDesk } from '../../fixture.ts'

const wrong = '000000'

/** What a try comes to: `in`, or the code with its seconds. */
async function attempt(desk: TestDesk, typed: string, operator = 1, deviceId = 0): Promise<string> {
  const context = { ...desk.context(), operator: null, deviceId }
  try {
    await checkPin(context, listOperators(desk.db)[operator]!.id, typed)
    return 'in'
  } catch (error) {
    const { code, data } = error as { code: string; data: { seconds: number } }
    return `${code} ${data.seconds}`
  }
}

describe('signing in', () => {
  it('opens with the right PIN', async () => {
    expect(await attempt(openTestDesk(), pin)).toBe('in')
  })

  it('costs two slips nothing, then longer and longer waits', async () => {
    const desk = openTestDesk()
    expect(await attempt(desk, wrong)).toBe('WRONG_PIN 0')
    expect(await attempt(desk, wrong)).toBe('WRONG_PIN 0')
    expect(await attempt(desk, wrong)).toBe('WRONG_PIN 5')
    expect(await attempt(desk, pin)).toBe('WAIT 5')
    desk.clock.advance(5)
    expect(await attempt(desk, wrong)).toBe('WRONG_PIN 10')
    desk.clock.advance(10)
    expect(await attempt(desk, pin)).toBe('in')
    expect(await attempt(desk, wrong)).toBe('WRONG_PIN 0')
  })

  it('holds the device back when it tries one operator after the other', async () => {
    const desk = openTestDesk()
    for (const operator of [0, 1, 2]) await attempt(desk, wrong, operator, 7)
    expect(await attempt(desk, pin, 3, 7)).toBe('WAIT 5')
    expect(await attempt(desk, pin, 3, 8)).toBe('in')
  })

  it('looks at one try at a time, so that a hundred at once are one guess', async () => {
    const desk = openTestDesk()
    const answers = await Promise.all(Array.from({ length: 100 }, () => attempt(desk, wrong)))
    expect(answers.filter((answer) => answer.startsWith('WRONG_PIN'))).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'WAIT 1')).toHaveLength(99)
  })

  it('keeps waiting when the clock is put forward, and starts again when it is put back', async () => {
    const desk = openTestDesk()
    for (let slip = 0; slip < 3; slip += 1) await attempt(desk, wrong)
    desk.clock.set('2030-01-01T00:00:00.000Z')
    expect(await attempt(desk, pin)).toBe('WAIT 5')
    desk.clock.set('2020-01-01T00:00:00.000Z')
    expect(await attempt(desk, pin)).toBe('WAIT 5')
    desk.clock.advance(5)
    expect(await attempt(desk, pin)).toBe('in')
  })

  it('remembers across a restart: the count stands in the file', async () => {
    const desk = openTestDesk()
    for (let slip = 0; slip < 3; slip += 1) await attempt(desk, wrong)
    const stored = value<number>(desk.db, "SELECT wait_seconds FROM sign_in_failure WHERE scope = 'device:0'")
    expect(stored).toBe(5)
  })

  it('lets ten thousand guesses through to at most a hundred checks a day', () => {
    let seconds = 0
    let checks = 0
    while (seconds < 24 * 60 * 60) {
      checks += 1
      seconds += waitAfter(checks)
    }
    expect(checks).toBeLessThan(110)
  })
})
