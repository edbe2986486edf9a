import type { Client } from '../hosts/desk-process.ts'
import {
  acceptInCore,
  oneYear,
  openBareAccept,
  openCounter,
  tenYears,
  walkersOf,
  walkIn,
  type Walker,
} from './accept.ts'
import { copyOf } from './datasets.ts'
import { kill, signInClerk, startHost } from './host.ts'
import { growthOf, interleave, interleaveAsync, rowOf, timedAsync, type Row } from './measure.ts'

const rounds = 600

/** `enquiry.accept` and its growth: the core on ten years and on one, and the bare transaction on the same ten years. */
export function benchAccept(wanted: (name: string) => boolean): Row[] {
  const grows = wanted('growth.enquiry.accept')
  if (!wanted('enquiry.accept') && !grows) return []
  const ten = openCounter(copyOf(tenYears()))
  const one = openCounter(copyOf(oneYear()))
  try {
    const bare = openBareAccept(ten)
    const tens = walkersOf(ten.db, 2 * (rounds + 50))
    const ones = walkersOf(one.db, rounds + 50)
    const samples = interleave(
      {
        ten: () => acceptInCore(ten, tens.pop()!),
        bare: () => bare(tens.pop()!),
        one: () => acceptInCore(one, ones.pop()!),
      },
      rounds,
    )
    const made: Row[] = []
    if (wanted('enquiry.accept')) made.push(rowOf('enquiry.accept', 'ms', samples.ten, samples.bare))
    if (grows) made.push(growthOf('enquiry.accept', samples.one, samples.ten))
    return made
  } finally {
    ten.db.close()
    one.db.close()
  }
}

/** `enquiry.accept.http` and its growth, from the renderer's client to the answer; bare on a copy of the same file. */
export async function benchAcceptOverHttp(wanted: (name: string) => boolean): Promise<Row[]> {
  const grows = wanted('growth.enquiry.accept.http')
  if (!wanted('enquiry.accept.http') && !grows) return []
  const folders = [copyOf(tenYears()), copyOf(oneYear())] as const
  const walkers = folders.map((folder) => {
    const { db } = openCounter(folder)
    const found = walkersOf(db, rounds + 50)
    db.close()
    return found
  })
  const beside = openCounter(copyOf(tenYears()))
  const bare = openBareAccept(beside)
  const besides = walkersOf(beside.db, rounds + 50)
  const hosts = [await startHost(folders[0]), await startHost(folders[1])] as const
  try {
    const [ten, one] = [await signInClerk(hosts[0]), await signInClerk(hosts[1])]
    const accept = (client: Client, walker: Walker) =>
      timedAsync(() => client.enquiries.accept(walkIn(walker, beside.matterId)))
    const samples = await interleaveAsync(
      {
        ten: () => accept(ten.client, walkers[0]!.pop()!),
        bare: async () => bare(besides.pop()!),
        one: () => accept(one.client, walkers[1]!.pop()!),
      },
      rounds,
    )
    const made: Row[] = []
    if (wanted('enquiry.accept.http'))
      made.push(rowOf('enquiry.accept.http', 'ms', samples.ten, samples.bare))
    if (grows) made.push(growthOf('enquiry.accept.http', samples.one, samples.ten))
    return made
  } finally {
    beside.db.close()
    await Promise.all(hosts.map(kill))
  }
}
