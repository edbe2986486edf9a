import type { CertificateKind, Wanted } from '../../contract/certificate-records.ts'
import { addDays } from '../../workbench/calendar.ts'
import { issuePageTicket } from '../../workbench/documents.ts'
import { spelledDay } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { hoursText } from '../volunteers/paper-words.ts'
import { renderSheet } from './render.ts'
import { checkSettings, readCertificateSettings, wordingOf, type KeptSettings } from './settings.ts'
import { lengthOf, type Snapshot } from './sheet.ts'
import { honourOf, previewNumber, previewOf, titles } from './snapshot.ts'
import { checkTemplate, templateFor } from './templates.ts'

/** A preview of the sheet, marked as one: a path that opens once, within a minute. */
export function previewCertificate(context: Context, wanted: Wanted): { html: string } {
  const { desk } = context
  const page = renderSheet(desk, templateFor(desk, wanted.kind), previewOf(context, wanted))
  return { html: issuePageTicket(desk, page) }
}

const exampleMinutes = [150, 120, 95, 180, 60]

/** An invented volunteer's sheet, so that a template can be looked at before anybody has hours. */
function exampleOf(kind: CertificateKind, settings: KeptSettings, today: string): Snapshot {
  const isRecord = kind === 'record'
  const [from, to] = [`${today.slice(0, 4)}-01-01`, today]
  const minutes = exampleMinutes.reduce((sum, more) => sum + more, 0)
  const words = {
    name: '示例',
    volunteerNumber: 'ZY-2026-000000',
    hours: hoursText(minutes),
    activities: String(exampleMinutes.length),
    from: spelledDay(from),
    to: spelledDay(to),
    body: settings.body === '' ? '（记录单位）' : settings.body,
  }
  const sentence = isRecord
    ? ''
    : wordingOf(settings.wording[kind], {
        ...words,
        year: from.slice(0, 4),
        star: '三星级',
        rank: '3',
        words: '在社区活动中热心助人',
      })
  const list = exampleMinutes.map((some, index) => ({
    position: index + 1,
    day: addDays(from, index * 28),
    name: '社区志愿服务日',
    content: '环境清洁',
    place: '社区广场',
    hours: hoursText(some),
  }))
  return {
    kind,
    number: previewNumber,
    title: titles[kind],
    nameNote: '',
    idNumber: isRecord ? '430***********0000' : '',
    ...words,
    contents: '环境清洁、家电维修、治安巡逻',
    details: isRecord ? { count: list.length, list } : null,
    sentence,
    length: lengthOf(sentence),
    honour: honourOf(kind, { star: 3, year: Number(from.slice(0, 4)) }),
    head: settings.head,
    agent: settings.agent,
    verifier: settings.verifier,
    phone: settings.phone,
    issuedOn: spelledDay(today),
    replaces: '',
    code: '',
    images: { logo: settings.logoId, seal: settings.sealId },
    preview: true,
    reprint: null,
  }
}

/** The sheet with example data, as it would look with this template and these settings. INVALID as when they are saved. */
export function previewTemplate(
  context: Context,
  input: {
    kind: CertificateKind
    html: string | null
    settings: (KeptSettings & { version: number }) | null
  },
): { html: string } {
  const { desk } = context
  if (input.html !== null) checkTemplate(input.html)
  if (input.settings !== null) checkSettings(desk.db, input.settings)
  const settings = input.settings ?? readCertificateSettings(desk.db)
  const template = input.html ?? templateFor(desk, input.kind)
  const page = renderSheet(desk, template, exampleOf(input.kind, settings, todayOf(context)))
  return { html: issuePageTicket(desk, page) }
}
