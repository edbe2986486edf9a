import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../../fixture.ts'

/** A part of an xlsx as it lies in the archive. */
function partOf(base64: string, name: string): string {
  const file = join(temporaryFolder(), 'sheet.xlsx')
  writeFileSync(file, Buffer.from(base64, 'base64'))
  return execFileSync('unzip', ['-p', file, name], { encoding: 'utf8' })
}

/** Every different text of a workbook. */
export const cellsOf = (base64: string): string[] =>
  [...partOf(base64, 'xl/sharedStrings.xml').matchAll(/<t[^>]*>([\s\S]*?)<\/t>/g)].map((match) => match[1]!)

/** How the cells of the only sheet are stored: `s` is a text. Empty cells are left out. */
export const typesOf = (base64: string): string[] =>
  [...partOf(base64, 'xl/worksheets/sheet1.xml').matchAll(/<c ([^>/]*)>[\s\S]*?<\/c>/g)].map(
    ([, attributes]) => /t="(\w+)"/.exec(attributes!)?.[1] ?? 'number',
  )

export const formulasOf = (base64: string): number =>
  [...partOf(base64, 'xl/worksheets/sheet1.xml').matchAll(/<f[ >]/g)].length
