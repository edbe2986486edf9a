import { toast } from '../../../components/toast.ts'
import { client } from '../../../shell/client.ts'
import { secondScreen } from '../../../shell/routes.ts'
import { openLine, type Invitation, type Line, type Word } from './channel.ts'

/** Milliseconds in which a second screen that is open answers, and in which a new one is loaded. */
const answersWithin = 300
const opensWithin = 15_000

/**
 * Invites the resident to rate an enquiry on the second screen, which is opened when there is none. Says itself what came
 * of it; never rejects.
 */
export async function inviteToRate(enquiryId: number): Promise<void> {
  const line = openLine()
  try {
    const invitation = await client.enquiries.inviteRating({ id: enquiryId })
    if (!(await secondScreenStands(line))) throw new NoSecondScreen()
    if (!(await handOver(line, invitation))) throw new NoSecondScreen()
    toast.ok(`已请居民评价 ${invitation.number}，请看评价屏`)
  } catch (error) {
    toast.error(
      error instanceof NoSecondScreen
        ? '评价屏没有打开，居民还没有看到。请允许弹出窗口后再点一次，或者给居民一张评价单。'
        : error,
    )
  } finally {
    line.close()
  }
}

class NoSecondScreen extends Error {
  override name = 'NoSecondScreen'
}

const isReady = ({ kind }: Word) => kind === 'ready'

async function secondScreenStands(line: Line): Promise<boolean> {
  const answers = line.hear(isReady, answersWithin)
  line.say({ kind: 'hello' })
  if (await answers) return true
  const opens = line.hear(isReady, opensWithin)
  // `noopener`: a window that knew its opener would begin with a copy of the session of whoever is signed in here.
  window.open(secondScreen, 'second-screen', 'noopener,popup,width=1280,height=800')
  return opens
}

function handOver(line: Line, invitation: Invitation): Promise<boolean> {
  const shown = line.hear(
    (word) => word.kind === 'shown' && word.ticket === invitation.ticket,
    answersWithin * 10,
  )
  line.say({ kind: 'invite', invitation })
  return shown
}
