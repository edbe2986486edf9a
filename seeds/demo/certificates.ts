import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Wanted } from '../../electron/contract/certificate-records.ts'
import { collectCertificate } from '../../electron/counters/certificates/collect.ts'
import { issueSheet } from '../../electron/counters/certificates/issue.ts'
import { reprintCertificate } from '../../electron/counters/certificates/reprint.ts'
import {
  changeCertificateSettings,
  readCertificateSettings,
} from '../../electron/counters/certificates/settings.ts'
import { voidCertificate } from '../../electron/counters/certificates/void.ts'
import { listOperators } from '../../electron/counters/session/operators.ts'
import { rows } from '../../electron/database/open.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import { storeDrawn } from '../../electron/workbench/files.ts'
import type { Context } from '../../electron/workbench/workbench.ts'

/** Pixels of a side, as `seal/draw.ts` draws it. */
const side = 600

/** Who issues and signs in the demo, with a seal that the house drew; nothing that was filled in before is changed. */
export function setUpCertificates(manager: Context): void {
  const { body, logoId, approval, verifyUrl, wording, version } = readCertificateSettings(manager.desk.db)
  if (body !== '') return
  const read = (name: string) => readFileSync(join(manager.desk.root, 'seeds/demo/seal', name))
  const seal = storeDrawn(manager, '演示印章.jpg', {
    ...{ jpeg: read('seal.jpg'), small: read('seal.small.jpg') },
    ...{ width: side, height: side },
  })
  changeCertificateSettings(manager, {
    ...{ logoId, approval, verifyUrl, wording, version },
    body: '演示社区居民委员会',
    head: '演示主任',
    agent: '演示前台',
    verifier: '演示核验人',
    phone: '0731-00000000',
    sealId: seal.id,
  })
}

/** Who serves at the desk of the demo. */
const clerkName = '演示前台'

type Served = { id: number; name: string }

/** Those with the most confirmed hours of the year that ends today. */
const mostServed = ({ desk: { db } }: Context, from: string, to: string): Served[] =>
  rows<Served>(
    db,
    `SELECT v.id, p.name FROM service_record AS r
     JOIN volunteer AS v ON v.id = r.volunteer_id JOIN person AS p ON p.id = v.person_id
     WHERE r.counted = 1 AND r.day BETWEEN ? AND ? AND p.birth < ?
     GROUP BY v.id ORDER BY sum(r.minutes) DESC, v.number LIMIT 4`,
    from,
    to,
    addDays(to, -18 * 366),
  )

/**
 * Issues a few certificates as the desk does, today, PDF and all: a record that was collected, one that was printed again,
 * one void with what replaced it, a thanks that waits. Where the host can make no PDF there are none: a sheet without its PDF
 * would be a lie. Ends quietly when the desk is closed meanwhile; each certificate stands whole or not at all.
 */
export async function issueDemoCertificates(context: Context): Promise<void> {
  const operator = listOperators(context.desk.db).find(({ name }) => name === clerkName)
  if (!operator) return
  const clerk = { ...context, operator }
  const to = localDay(clerk.desk.clock())
  const from = addDays(to, -365)
  const [first, second, third, fourth] = mostServed(clerk, from, to)
  if (!first || !second || !third || !fourth) return
  const record = (volunteer: Served, purpose: string): Wanted => ({
    ...{ kind: 'record', volunteerId: volunteer.id, personId: null, layout: 'list' },
    ...{ from, to, purpose, words: '', seal: true },
  })
  const issue = async (wanted: Wanted, replacesId: number | null = null) => {
    const ticket = crypto.randomUUID()
    return (await issueSheet(clerk, { ticket, wanted, requestId: null, replacesId, print: null })).id
  }
  const collected = await issue(record(first, '应聘'))
  collectCertificate(clerk, { id: collected, collector: first.name, relation: '本人' })
  const again = await issue(record(second, '升学'))
  const ticket = crypto.randomUUID()
  await reprintCertificate(clerk, { id: again, ticket, reason: '第一张被水打湿', print: null })
  const wrong = await issue(record(third, '评优'))
  voidCertificate(clerk, { id: wrong, reason: '用途写错，应为入党', sheet: 'returned' })
  await issue(record(third, '入党'), wrong)
  await issue({
    ...{ kind: 'thanks', volunteerId: fourth.id, personId: null, layout: 'totals' },
    ...{ from: null, to: null, purpose: '表彰', seal: true },
    words: '在平安巡逻中不辞辛劳，守护邻里平安',
  })
}
