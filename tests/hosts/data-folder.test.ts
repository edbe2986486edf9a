import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BadArguments, defaultDataFolder, readHostOptions } from '../../electron/hosts/data-folder.ts'

describe('the default data folder', () => {
  test('lies where the system keeps the data of an application', () => {
    expect(defaultDataFolder(false, 'linux', {}, '/home/desk')).toBe('/home/desk/.config/one-stop-counter')
    expect(defaultDataFolder(false, 'linux', { XDG_CONFIG_HOME: '/data' }, '/home/desk')).toBe(
      '/data/one-stop-counter',
    )
    expect(defaultDataFolder(false, 'darwin', {}, '/Users/desk')).toBe(
      '/Users/desk/Library/Application Support/one-stop-counter',
    )
    expect(defaultDataFolder(false, 'win32', { APPDATA: '/Roaming' }, '/desk')).toBe(
      '/Roaming/one-stop-counter',
    )
  })

  test('is another one for the demo', () => {
    expect(defaultDataFolder(true, 'linux', {}, '/home/desk')).toBe(
      '/home/desk/.config/one-stop-counter-demo',
    )
  })
})

describe('the arguments of a host', () => {
  test('may all be left out', () => {
    expect(readHostOptions([])).toEqual({
      browser: false,
      folder: defaultDataFolder(false),
      port: null,
      open: true,
      demo: false,
    })
  })

  test('say what to open', () => {
    const args = ['--browser', '--data', 'here', '--port', '8080', '--no-open', '--demo']
    expect(readHostOptions(args)).toEqual({
      browser: true,
      folder: resolve('here'),
      port: 8080,
      open: false,
      demo: true,
    })
  })

  test.each([
    [
      ['--brwoser'],
      'Unknown argument "--brwoser"; known are --browser, --data DIR, --port N, --no-open, --demo.',
    ],
    [['folder'], 'Unknown argument "folder"; known are --browser, --data DIR, --port N, --no-open, --demo.'],
    [['--port', '70000'], '--port needs a number from 0 (any free port) to 65535.'],
    [['--port', 'x'], '--port needs a number from 0 (any free port) to 65535.'],
    [['--data='], '--data needs the path of a folder.'],
  ])('that are wrong get one sentence: %s', (args, sentence) => {
    expect(() => readHostOptions(args)).toThrow(new BadArguments(sentence))
  })

  test.each([[['--data']], [['--demo=yes']], [['-x']]])('that are malformed get one line: %s', (args) => {
    let text = ''
    try {
      readHostOptions(args)
    } catch (error) {
      text = (error as Error).message
    }
    expect(text).toMatch(/known are/)
    expect(text).not.toContain('\n')
  })

  test("may stand among Electron's own switches", () => {
    const args = [
      '--inspect=0',
      '--remote-debugging-port=0',
      '.',
      '--no-sandbox',
      '--data',
      '/desk',
      '--demo',
    ]
    expect(readHostOptions(args, { lenient: true })).toMatchObject({
      folder: resolve('/desk'),
      demo: true,
      open: true,
    })
  })
})
