import { computed, ref, watch, type Ref } from 'vue'
import { parseDoor } from '../../../electron/contract/door.ts'
import { phone as phoneField } from '../../../electron/contract/fields.ts'
import type { Duplicate, Household, PersonLine } from '../../../electron/contract/people.ts'
import { client } from '../../shell/client.ts'
import { conflictOf } from '../../components/conflict.ts'
import { sentenceFor } from '../../shell/sentences.ts'

export type QuickForm = { name: string; phone: string; door: string }

/** The household at this door; registered when it does not stand yet. */
export async function householdAt(
  door: string,
  gridId: number | null = null,
  estate = '',
): Promise<Household> {
  try {
    return await client.people.addHousehold({ gridId, estate, door, note: '' })
  } catch (error) {
    const conflict = conflictOf(error)
    if (conflict?.because === 'duplicate' && conflict.current) return conflict.current as Household
    throw error
  }
}

/** Registers a person from name, phone and door, with the warning about those who may be the same. */
export function useQuickRegister(form: Ref<QuickForm>, done: (person: PersonLine) => void) {
  const busy = ref(false)
  const tried = ref(false)
  const sentence = ref('')
  const duplicates = ref<Duplicate[]>([])

  const problems = computed<Partial<QuickForm>>(() => {
    if (!tried.value) return {}
    const { name, phone, door } = form.value
    return {
      ...(name.trim() ? {} : { name: '请写姓名' }),
      ...(phone.trim() && !phoneField.safeParse(phone).success ? { phone: '电话应是 5 到 20 位数字' } : {}),
      ...(door.trim() && !parseDoor(door) ? { door: '看不懂，请写成 3栋2单元501 或 3-2-501' } : {}),
    }
  })
  watch(form, () => (duplicates.value = []), { deep: true })

  async function register(notTheSame = false) {
    tried.value = true
    if (busy.value || Object.keys(problems.value).length > 0) return
    busy.value = true
    sentence.value = ''
    const { name, phone, door } = form.value
    try {
      const household = door.trim() ? await householdAt(door) : null
      const person = await client.people.register({
        name,
        sex: 0,
        birth: null,
        relation: '其他',
        householdId: household?.id ?? null,
        registeredElsewhere: false,
        keyGroups: [],
        note: '',
        idNumber: '',
        phones: phone.trim() ? [phone] : [],
        notTheSame: notTheSame ? duplicates.value.map((one) => one.person.id) : [],
      })
      done(person)
    } catch (error) {
      const conflict = conflictOf(error)
      if (conflict?.because === 'duplicate') duplicates.value = conflict.current as Duplicate[]
      else sentence.value = sentenceFor(error)
    } finally {
      busy.value = false
    }
  }

  return { register, problems, sentence, duplicates, busy }
}
