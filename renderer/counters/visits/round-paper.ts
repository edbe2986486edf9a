import { ref } from 'vue'
import { toast } from '../../components/toast.ts'
import { client } from '../../shell/client.ts'

type Named = { whole: boolean; reason: string }

/** A round as a spreadsheet, as SheetDialog asks for it. */
export const roundSheetOf = (id: number) => (named: Named) => client.visits.roundSheet({ id, ...named })

/** Makes the paper of a round; `documentId` is then what a DocumentDialog shows. */
export function useRoundPaper() {
  const documentId = ref<number | null>(null)
  const printing = ref(false)

  async function print(id: number): Promise<void> {
    if (printing.value) return
    printing.value = true
    try {
      documentId.value = (await client.visits.roundPaper({ id })).documentId
    } catch (error) {
      toast.error(error)
    } finally {
      printing.value = false
    }
  }
  return { documentId, printing, print }
}
