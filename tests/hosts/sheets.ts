import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { degrees, PDFDocument } from '@cantoo/pdf-lib'

const run = promisify(execFile)

export type Picture = { width: number; height: number; grey: Buffer }

/** A sheet of a PDF, the first where none is named, as a screen of 96 dots to the inch shows it, or a printer of more. */
export async function drawSheet(file: string, page = 1, dots = 96): Promise<Picture> {
  const { stdout } = await run(
    'pdftoppm',
    ['-r', String(dots), '-gray', '-f', String(page), '-l', String(page), file],
    {
      encoding: 'buffer',
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  // A PGM: `P5`, width and height, 255, then one byte a dot.
  const [, head, width, height] = /^(P5\s+(\d+)\s+(\d+)\s+255\s)/.exec(
    stdout.subarray(0, 40).toString('latin1'),
  )!
  return { width: Number(width), height: Number(height), grey: stdout.subarray(head!.length) }
}

/** Turned clockwise by so many quarters, as one turns a sheet in the hand. */
export async function turnSheet(file: string, quarters: number): Promise<string> {
  const turned = `${file}.${quarters}`
  const document = await PDFDocument.load(readFileSync(file))
  for (const page of document.getPages())
    page.setRotation(degrees((page.getRotation().angle + quarters * 90) % 360))
  writeFileSync(turned, await document.save())
  return turned
}

/** Text, size in points and number of the sheets of a PDF; `across` as one reads it. */
export async function readSheets(file: string) {
  const told = async (command: string, ...parameters: string[]) => (await run(command, parameters)).stdout
  const facts = await told('pdfinfo', file)
  const [, width, height] = /^Page size:\s+([\d.]+) x ([\d.]+)/m.exec(facts)!
  const turned = /^Page rot:\s+(90|270)$/m.test(facts)
  const sides = [Number(width), Number(height)]
  const text = (await told('pdftotext', file, '-')).replace(/\s/g, '')
  return {
    pages: Number(/^Pages:\s+(\d+)/m.exec(facts)![1]),
    size: turned ? sides.reverse() : sides,
    text,
    /** Every sign that stands on it, however the lines were taken apart on the way. */
    signs: [...text].sort().join(''),
  }
}

/** Darker than this there is ink; lighter than this there is none. In between a line was smoothed. */
const ink = 110
const paper = 190

/**
 * The share of inked dots of one picture that have no ink in the other within a dot, both ways, when the second was moved
 * by so many dots. What was moved over an edge is not looked for.
 */
export function unlike(first: Picture, second: Picture, [right, down] = [0, 0] as [number, number]): number {
  let inked = 0
  let missing = 0
  const look = (from: Picture, to: Picture, dx: number, dy: number) => {
    for (let y = 2; y < from.height - 2; y += 1) {
      for (let x = 2; x < from.width - 2; x += 1) {
        if (from.grey[y * from.width + x]! > ink) continue
        const [atX, atY] = [x + dx, y + dy]
        if (atX < 2 || atY < 2 || atX >= to.width - 2 || atY >= to.height - 2) continue
        inked += 1
        let found = false
        for (let sideY = -1; sideY <= 1 && !found; sideY += 1)
          for (let sideX = -1; sideX <= 1 && !found; sideX += 1)
            found = to.grey[(atY + sideY) * to.width + atX + sideX]! < paper
        if (!found) missing += 1
      }
    }
  }
  look(first, second, right, down)
  look(second, first, -right, -down)
  return missing / inked
}
