import { ref } from 'vue'
import type { noonPapers } from '../../../../electron/contract/noon-reports.ts'
import { conflictOf } from '../../../components/conflict.ts'
import { dayOf } from '../../../components/formats.ts'
import { toast } from '../../../components/toast.ts'
import { client } from '../../../shell/client.ts'

export type NoonPaper = (typeof noonPapers)[number]
/** What a paper is of; what is left out is today, all groups, no child. */
export type PaperOf = { day?: string; groupId?: number; childId?: number; month?: string }

/** Makes a paper of the noon class; `documentId` is then what a DocumentDialog shows. */
export function usePaper() {
  const documentId = ref<number | null>(null)
  const making = ref(false)

  async function print(paper: NoonPaper, { day, groupId, childId, month }: PaperOf = {}): Promise<void> {
    if (making.value) return
    making.value = true
    try {
      const made = await client.noonClass.paper({
        paper,
        day: day ?? dayOf(new Date()),
        groupId: groupId ?? null,
        childId: childId ?? null,
        month: month ?? null,
      })
      documentId.value = made.documentId
    } catch (error) {
      toast.error(conflictOf(error)?.because === 'step' ? '现在没有人可以印上去，没有生成单据。' : error)
    } finally {
      making.value = false
    }
  }
  return { documentId, making, print }
}
