import { ref } from 'vue'
import type { volunteerPapers } from '../../../../electron/contract/volunteer-reports.ts'
import { toast } from '../../../components/toast.ts'
import { client } from '../../../shell/client.ts'

type Of = { volunteerId?: number; redemptionId?: number }

/** Makes a paper of a volunteer or a redemption; `documentId` is then what a DocumentDialog shows. */
export function useVolunteerPaper() {
  const documentId = ref<number | null>(null)
  const making = ref(false)

  /** False when it could not be made, which has been said then. */
  async function print(
    paper: (typeof volunteerPapers)[number],
    { volunteerId, redemptionId }: Of,
  ): Promise<boolean> {
    if (making.value) return false
    making.value = true
    try {
      const made = await client.volunteers.paper({
        paper,
        activityId: null,
        volunteerId: volunteerId ?? null,
        redemptionId: redemptionId ?? null,
        year: null,
      })
      documentId.value = made.documentId
      return true
    } catch (error) {
      toast.error(error)
      return false
    } finally {
      making.value = false
    }
  }
  return { documentId, making, print }
}
