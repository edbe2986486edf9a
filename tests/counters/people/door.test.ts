import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDoor, parseDoor } from '../../../electron/contract/door.ts'

const part = fc.oneof(
  fc.integer({ min: 1, max: 999 }).map(String),
  fc
    .tuple(fc.integer({ min: 1, max: 99 }), fc.constantFrom('A', 'B', 'C'))
    .map(([number, letter]) => `${number}${letter}`),
)
const doors = fc.record({ building: part, unit: fc.oneof(fc.constant(''), part), door: part })
const fullWidth = (text: string) =>
  text.replace(/[0-9A-Z-]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0))

test('a door as it is written is read as the same door', () => {
  fc.assert(
    fc.property(doors, (door) => {
      expect(parseDoor(formatDoor(door))).toEqual(door)
    }),
  )
})

test('every spelling of a door is the same door', () => {
  fc.assert(
    fc.property(
      doors,
      fc.constantFrom('栋', '幢', '座', '号楼', '#'),
      fc.constantFrom('', '室', '号', '房'),
      (door, block, room) => {
        const unit = door.unit ? `${door.unit}单元` : ''
        const spelled = `${door.building}${block}${unit}${door.door}${room}`
        const dashed = [door.building, door.unit, door.door].filter(Boolean).join('-')
        const spellings = [
          spelled,
          dashed,
          ` ${[...spelled].join(' ')} `,
          `00${dashed}`,
          spelled.toLowerCase(),
        ]
        for (const spelling of spellings.flatMap((text) => [text, fullWidth(text)])) {
          expect([spelling, parseDoor(spelling)]).toEqual([spelling, door])
        }
      },
    ),
  )
})

test.each([
  ['3栋2单元501', '3栋2单元501'],
  ['3-2-501', '3栋2单元501'],
  ['３栋２单元５０１室', '3栋2单元501'],
  ['3号楼501室', '3栋501'],
  ['６栋１１０４', '6栋1104'],
  ['03－02－0501', '3栋2单元501'],
  ['a座1203', 'A栋1203'],
])('%s is written %s', (typed, written) => {
  expect(formatDoor(parseDoor(typed)!)).toBe(written)
})

test.each([
  '',
  '501',
  '三栋',
  '3栋',
  '-',
  '3--501',
  '张三',
  '3栋2单元501; DROP TABLE person',
  '1'.repeat(41),
])('%j is no whole door', (typed) => {
  expect(parseDoor(typed)).toBeNull()
})

test('what is read is stable: reading what was written changes nothing more', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123９栋单元-－ 室号楼A层#'), maxLength: 14 }),
      (typed) => {
        const door = parseDoor(typed)
        if (door) expect(parseDoor(formatDoor(door))).toEqual(door)
      },
    ),
  )
})
