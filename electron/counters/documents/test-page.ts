import type { PrintJob } from '../../contract/documents.ts'
import type { PaperSize } from '../../contract/printers.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { issueDocument } from '../../workbench/documents.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readSetting } from './printers.ts'
import { printDocument } from './print.ts'

/** Tenths of a millimetre in words: 15 -> `1.5`. */
const millimetres = (tenths: number) => (tenths / 10).toFixed(1)

/** A line every millimetre, longer and numbered every ten. */
const marks = (length: number) =>
  Array.from({ length: length + 1 }, (_, at) => ({
    at,
    long: at % 10 === 0,
    label: at % 10 === 0 ? String(at) : '',
  }))

const titles = { A4: { up: 'A4 竖', across: 'A4 横' }, A5: { up: 'A5 竖', across: 'A5 横' } }

/** Prints a sheet with rulers on a printer, moved as its settings say. Any problem as with every other paper. */
export function printTestPage(
  context: Context,
  { printer, paper, across }: { printer: string; paper: PaperSize; across: boolean },
): Promise<PrintJob> {
  const { desk } = context
  const setting = readSetting(desk.db, printer)
  const { rightTenths, downTenths } = across ? setting.across : setting.upright
  const size = titles[paper][across ? 'across' : 'up']
  const at = desk.clock().toISOString()
  const document = {
    kind: 'printer-test',
    title: `测试页 ${printer} ${size}`,
    subject: 'printer',
    data: {
      printer,
      size,
      small: paper === 'A5' && !across,
      smallAcross: paper === 'A5' && across,
      largeAcross: paper === 'A4' && across,
      right: millimetres(rightTenths),
      down: millimetres(downTenths),
      marks: marks(100),
    },
  }
  const id = act(
    context,
    { action: 'document.issue', subject: (made: number) => `document:${made}` },
    (db, note) => {
      note(null, { kind: document.kind, subject: document.subject })
      return issueDocument(db, { ...document, operatorId: operatorOf(context).id, at })
    },
  )
  return printDocument(context, id, printer, 1)
}
