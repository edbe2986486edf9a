import type { Offset, PaperSize, Printer, Printing } from '../../contract/printers.ts'
import { row, rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import type { Context, Workbench } from '../../workbench/workbench.ts'

/** How a printer is set up here. */
export type PrinterSetting = { upright: Offset; across: Offset; paper: PaperSize | '' }

type SettingRow = {
  printer: string
  right: number
  down: number
  acrossRight: number
  acrossDown: number
  paper: PaperSize | ''
}

const settingSql = `
  SELECT printer, right_tenths AS right, down_tenths AS down, across_right_tenths AS acrossRight,
    across_down_tenths AS acrossDown, paper
  FROM printer_setting`

const toSetting = ({ right, down, acrossRight, acrossDown, paper }: SettingRow): PrinterSetting => ({
  upright: { rightTenths: right, downTenths: down },
  across: { rightTenths: acrossRight, downTenths: acrossDown },
  paper,
})

const nowhere: Offset = { rightTenths: 0, downTenths: 0 }
const asItComes: PrinterSetting = { upright: nowhere, across: nowhere, paper: '' }

/** The settings of a printer; one that was never set up prints as it comes. */
export function readSetting(db: Database, printer: string): PrinterSetting {
  const found = row<SettingRow>(db, `${settingSql} WHERE printer = ?`, printer)
  return found ? toSetting(found) : asItComes
}

/** Where a kind of document goes by the settings of this desk; null: to the system's default. */
export function defaultPrinter(db: Database, kind: string): string | null {
  const of = (which: string) =>
    value<string>(db, 'SELECT printer FROM printer_default WHERE kind = ?', which) ?? null
  return of(kind) ?? of('any')
}

/** The machine's printers with their settings, then those that are set up here and gone. */
export async function readPrinting({ db, host }: Workbench): Promise<Printing> {
  const found = await host.printers().catch(() => [])
  const set = new Map(
    rows<SettingRow>(db, `${settingSql} ORDER BY printer`).map((one) => [one.printer, toSetting(one)]),
  )
  const defaults = rows<{ kind: string; printer: string }>(
    db,
    'SELECT kind, printer FROM printer_default ORDER BY kind',
  )
  const here = new Set(found.map(({ name }) => name))
  const gone = new Set(
    [...set.keys(), ...defaults.map(({ printer }) => printer)].filter((name) => !here.has(name)),
  )
  const printers: Printer[] = [
    ...found.map((one) => ({ ...one, known: true, ...(set.get(one.name) ?? asItComes) })),
    ...[...gone].map((name) => ({
      name,
      known: false,
      ready: false,
      isDefault: false,
      ...(set.get(name) ?? asItComes),
    })),
  ]
  return { printers, defaults }
}

/** Sends a kind of document to a printer from now on; null takes that back. */
export function saveDefault(
  context: Context,
  { kind, printer }: { kind: string; printer: string | null },
): Promise<Printing> {
  act(context, { action: 'printer.default', subject: 'printer' }, (db, note) => {
    const before = value<string>(db, 'SELECT printer FROM printer_default WHERE kind = ?', kind) ?? null
    if (printer === null) write(db, 'DELETE FROM printer_default WHERE kind = ?', kind)
    else
      write(
        db,
        `INSERT INTO printer_default (kind, printer) VALUES (?, ?)
         ON CONFLICT (kind) DO UPDATE SET printer = excluded.printer`,
        kind,
        printer,
      )
    note({ kind: null, printer: before }, { kind, printer })
  })
  return readPrinting(context.desk)
}

/** Keeps offsets and paper of a printer, also of one that is switched off just now. */
export function savePrinter(
  context: Context,
  { name, upright, across, paper }: PrinterSetting & { name: string },
): Promise<Printing> {
  act(context, { action: 'printer.save', subject: 'printer' }, (db, note) => {
    const before = readSetting(db, name)
    write(
      db,
      `INSERT INTO printer_setting (printer, right_tenths, down_tenths, across_right_tenths, across_down_tenths, paper)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (printer) DO UPDATE SET right_tenths = excluded.right_tenths, down_tenths = excluded.down_tenths,
         across_right_tenths = excluded.across_right_tenths, across_down_tenths = excluded.across_down_tenths,
         paper = excluded.paper`,
      name,
      upright.rightTenths,
      upright.downTenths,
      across.rightTenths,
      across.downTenths,
      paper,
    )
    note({ printer: null, ...before }, { printer: name, upright, across, paper })
  })
  return readPrinting(context.desk)
}
