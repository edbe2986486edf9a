import type { PersonLine } from '../../contract/people.ts'
import { readIdNumber } from '../../contract/id-number.ts'
import { invalid } from '../../workbench/errors.ts'

type Sex = PersonLine['sex']

/**
 * Birth and sex as they should be kept: from the ID number where they were left out. INVALID where they contradict
 * the number, or where the day cannot be anybody's.
 */
export function settleIdentity(
  given: { birth: string | null; sex: Sex; idNumber: string },
  today: string,
): { birth: string | null; sex: Sex } {
  const told = readIdNumber(given.idNumber)
  if (told && given.birth !== null && given.birth !== told.birth) invalid('birth', 'contradicts-id-number')
  if (told && (given.sex === 1 || given.sex === 2) && given.sex !== told.sex) {
    invalid('sex', 'contradicts-id-number')
  }
  const birth = given.birth ?? told?.birth ?? null
  if (birth !== null && birth > today) {
    if (given.birth === null) invalid('idNumber', 'future')
    invalid('birth', 'future')
  }
  if (birth !== null && birth < '1850-01-01') invalid('birth', 'too-early')
  return { birth, sex: given.sex === 1 || given.sex === 2 ? given.sex : (told?.sex ?? given.sex) }
}
