import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/*
 * Plain file work that survives a power cut. Never use it on a file that SQLite has open in this process: closing
 * any descriptor of a file drops all POSIX locks that the process holds on it, SQLite's too.
 */

/** Writes what the system still holds of a file to the disk. */
export function syncFile(file: string): void {
  const opened = openSync(file, 'r+')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

/** Makes a rename in this folder last. Windows cannot open folders and needs no such thing. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

/** Puts a small file in place, whole or not at all, readable by its owner only. */
export function writeDurably(file: string, content: string | Buffer): void {
  const temporary = `${file}.partial`
  const opened = openSync(temporary, 'w', 0o600)
  try {
    const bytes = Buffer.from(content as string)
    for (let done = 0; done < bytes.length;) done += writeSync(opened, bytes, done)
    fsyncSync(opened)
  } catch (error) {
    closeSync(opened)
    rmSync(temporary, { force: true })
    throw error
  }
  closeSync(opened)
  renameSync(temporary, file)
  syncFolder(dirname(file))
}

/** The same while others are served: a disk may take many milliseconds to say that it has the bytes. */
export async function writeDurablyBeside(file: string, content: Buffer): Promise<void> {
  const temporary = `${file}.partial`
  const opened = await open(temporary, 'w', 0o600)
  try {
    await opened.writeFile(content)
    await opened.sync()
  } catch (error) {
    await opened.close()
    await rm(temporary, { force: true })
    throw error
  }
  await opened.close()
  await rename(temporary, file)
  if (process.platform === 'win32') return
  const folder = await open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Makes an empty file that only its owner may read; what SQLite then puts beside it inherits that. */
export function reserve(file: string): void {
  closeSync(openSync(file, 'wx', 0o600))
}
