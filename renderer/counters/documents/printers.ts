import { useQuery } from '@pinia/colada'
import type { Printing } from '../../../electron/contract/printers.ts'
import { client } from '../../shell/client.ts'

export const usePrinting = () => useQuery({ key: ['printer'], query: () => client.documents.printers({}) })

/**
 * The printer for a kind of document: its own, the one for all kinds, the system's default, the first. One that is not
 * there now is passed over.
 */
export function printerFor({ printers, defaults }: Printing, kind: string): string {
  const known = printers.filter((one) => one.known)
  const there = (name: string | undefined) => known.find((one) => one.name === name)?.name
  const set = (of: string) => there(defaults.find((one) => one.kind === of)?.printer)
  return set(kind) ?? set('any') ?? (known.find((one) => one.isDefault) ?? known[0])?.name ?? ''
}

/** 15 -> `1.5`: tenths of a millimetre as they are typed. */
export const toMillimetres = (tenths: number) => String(tenths / 10)

/** What was typed, in tenths of a millimetre; null when it is no number from -30 to 30 with one decimal. */
export function toTenths(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(/[−–—]/, '-').trim()
  if (plain === '') return 0
  if (!/^[+-]?\d{1,2}(\.\d)?$/.test(plain)) return null
  const tenths = Math.round(Number(plain) * 10)
  return Math.abs(tenths) <= 300 ? tenths + 0 : null
}
