import type { Workbench } from '../../workbench/workbench.ts'

/** Jobs that this process is sending right now; in memory, so that nothing of them outlives it. */
const hands = new WeakMap<Workbench, Set<number>>()

export const isInHand = (desk: Workbench, jobId: number): boolean => hands.get(desk)?.has(jobId) ?? false

/** Does something with a job while everybody can see that it is being worked on. */
export async function withInHand<Result>(
  desk: Workbench,
  jobId: number,
  work: () => Promise<Result>,
): Promise<Result> {
  let held = hands.get(desk)
  if (!held) hands.set(desk, (held = new Set()))
  held.add(jobId)
  try {
    return await work()
  } finally {
    held.delete(jobId)
  }
}
