import type { Row } from 'write-excel-file/node'

/**
 * A value as a cell may hold it: one that a spreadsheet would take for a formula, after blanks too and in full-width
 * signs, gets a mark in front that makes it text (reliability: formulas 0).
 */
export const cellText = (text: string) =>
  /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text

/** A text cell; `more` is its look. */
export const cell = (text: string, more: object = {}) => ({
  value: cellText(text),
  type: String,
  align: 'center' as const,
  ...more,
})

/** Nothing that one file system or another does not like. */
const nameForFile = (name: string) => name.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '-')

/** Letters, digits and Han that a spreadsheet takes for the name of a sheet; 31 at the most. */
const nameForSheet = (name: string) => name.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 31) || '表'

export type Sheet = {
  /** Of the file, without `.xlsx`. */
  fileName: string
  sheetName: string
  lines: Row[]
  columns: { width: number }[]
  /** Columns that stay in sight; the first row always does. */
  stickyColumns: number
}

/** An xlsx of one sheet, as base64. */
export async function sheetFile(sheet: Sheet): Promise<{ fileName: string; base64: string }> {
  // Only who exports pays for loading it.
  const { default: writeWorkbook } = await import('write-excel-file/node')
  const bytes = await writeWorkbook(sheet.lines, {
    sheet: nameForSheet(sheet.sheetName),
    columns: sheet.columns,
    stickyRowsCount: 1,
    stickyColumnsCount: sheet.stickyColumns,
  }).toBuffer()
  return { fileName: `${nameForFile(sheet.fileName)}.xlsx`, base64: bytes.toString('base64') }
}
