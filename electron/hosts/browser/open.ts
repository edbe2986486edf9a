import { spawn } from 'node:child_process'

const opener: Partial<Record<NodeJS.Platform, [command: string, ...before: string[]]>> = {
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  darwin: ['open'],
}

/** Opens an address, file or folder with the system's own program; no shell, so no character is special. */
export function openInSystem(target: string): Promise<void> {
  const [command, ...before] = opener[process.platform] ?? ['xdg-open']
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...before, target], { stdio: 'ignore', detached: true })
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}
