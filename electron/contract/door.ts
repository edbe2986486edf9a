/** A door: block, unit (may be empty), door number, all as short upper-case texts: `{ '3', '2', '501' }`. */
export type Door = { building: string; unit: string; door: string }

const tidy = (typed: string) =>
  typed
    .normalize('NFKC')
    .replace(/[\s　]/g, '')
    .replace(/[—–－_‐−]/g, '-')
    .toUpperCase()

const part = '[0-9]{1,5}[A-Z]?|[A-Z][0-9]{0,4}'
const spelled = new RegExp(
  `^(${part})(?:栋|幢|座|号楼|#|楼)-?(?:(${part})(?:单元|门|梯)-?)?(?:(?:[0-9]{1,2})(?:层|楼)-?)?(${part})(?:室|号|房|户)?$`,
)
const dashed = new RegExp(`^(${part})-(?:(${part})-)?(${part})$`)
const bare = (text: string) => text.replace(/^0+(?=\d)/, '')

/**
 * Reads `3栋2单元501`, `3-2-501`, `3号楼501室`, `６栋１１０４`; full-width digits, blanks and leading zeros do not matter.
 * Returns null when the text is not a whole door.
 */
export function parseDoor(typed: string): Door | null {
  if (typed.length > 40) return null
  const match = spelled.exec(tidy(typed)) ?? dashed.exec(tidy(typed))
  if (!match) return null
  return { building: bare(match[1]!), unit: bare(match[2] ?? ''), door: bare(match[3]!) }
}

/** The one way a door is written on screens and paper: `3栋2单元501`, without a unit `6栋1104`. */
export function formatDoor(door: Door): string {
  return `${door.building}栋${door.unit ? `${door.unit}单元` : ''}${door.door}`
}
