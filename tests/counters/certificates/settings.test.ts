import { describe, expect, test } from 'vitest'
import type { CertificateSettings } from '../../../electron/contract/certificate-templates.ts'
import { sweepFiles } from '../../../electron/workbench/file-sweep.ts'
import {
  changeCertificateSettings,
  isWording,
  readCertificateSettings,
} from '../../../electron/counters/certificates/settings.ts'
import { value } from '../../../electron/database/open.ts'
import { storeFile } from '../../../electron/workbench/files.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { audited, refusal } from '../people/people.ts'
import { conflict, invalidFields } from '../volunteers/service.ts'
import { jpeg, pdf, picture, svg } from '../../workbench/sample-files.ts'

type Settings = Parameters<typeof changeCertificateSettings>[1]

/** As a screen sends them back: the images by their ids. */
const toSave = ({ logo: _, seal: __, ...settings }: CertificateSettings): Settings => settings

function change(desk: TestDesk, changed: Partial<Settings>) {
  const now = toSave(readCertificateSettings(desk.db))
  return changeCertificateSettings(desk.context('manager'), { ...now, ...changed })
}
const store = (desk: TestDesk, bytes: Buffer, name: string) =>
  storeFile(desk.context('manager'), { name, bytes })

describe('the settings of certificates', () => {
  test('say nothing of a body before somebody named one', () => {
    const desk = openTestDesk()
    expect(readCertificateSettings(desk.db)).toMatchObject({
      body: '',
      sealId: null,
      approval: [],
      version: 1,
    })
  })

  test('are kept, and the second of two screens is told', () => {
    const desk = openTestDesk()
    const old = toSave(readCertificateSettings(desk.db))
    expect(change(desk, { body: '测试社区居民委员会', approval: ['record', 'record'] })).toMatchObject({
      body: '测试社区居民委员会',
      approval: ['record'],
      version: 2,
    })
    const late = refusal(() => changeCertificateSettings(desk.context('manager'), { ...old, head: '别人' }))
    expect(late).toMatchObject(conflict('changed'))
    expect(readCertificateSettings(desk.db).head).toBe('')
  })

  test('leave nobody who signs in the audit', () => {
    const desk = openTestDesk()
    change(desk, { head: '欧阳某', phone: '0731-00000000' })
    expect(audited(desk.db).at(-1)).toMatchObject({ action: 'certificate.change-settings' })
    expect(JSON.stringify(audited(desk.db))).not.toMatch(/欧阳|0731/)
  })
})

describe('a logo and a seal', () => {
  test('are photos by their bytes: JPEG and PNG', async () => {
    const desk = openTestDesk()
    const logo = await store(desk, await jpeg(), '标志.jpg')
    const seal = await store(desk, await picture(64, 64).png().toBuffer(), '印章.png')
    expect(change(desk, { logoId: logo.id, sealId: seal.id })).toMatchObject({ logo, seal })
  })

  test('never an SVG with a script, whatever it is called', async () => {
    const desk = openTestDesk()
    await expect(store(desk, svg, '印章.png')).rejects.toMatchObject(invalidFields(['file', 'svg']))
    expect(value(desk.db, 'SELECT count(*) FROM file')).toBe(0)
  })

  test('never a PDF, an unknown file or a picture of an ID card', async () => {
    const desk = openTestDesk()
    const paper = await store(desk, pdf(), '印章.pdf')
    const card = await store(desk, await jpeg(), '身份证.jpg')
    desk.db.exec(`UPDATE file SET restricted = 1 WHERE id = ${card.id}`)
    for (const id of [paper.id, card.id, 999]) {
      expect(refusal(() => change(desk, { sealId: id }))).toEqual(invalidFields(['sealId', 'not-a-photo']))
      expect(refusal(() => change(desk, { logoId: id }))).toEqual(invalidFields(['logoId', 'not-a-photo']))
    }
  })

  test('stay after another took their place, for the sheets that show them', async () => {
    const desk = openTestDesk()
    const first = await store(desk, await jpeg(64, 64, 1), '旧印.jpg')
    const forgotten = await store(desk, await jpeg(64, 64, 2), '没用上.jpg')
    change(desk, { sealId: first.id })
    change(desk, { sealId: null })
    desk.clock.set('2026-11-30T01:00:00.000Z')
    await sweepFiles(desk.context('manager'))
    expect(value(desk.db, 'SELECT count(*) FROM file WHERE id = ?', first.id)).toBe(1)
    expect(value(desk.db, 'SELECT count(*) FROM file WHERE id = ?', forgotten.id)).toBe(0)
  })
})

test('a wording names only what its sheet knows', () => {
  const desk = openTestDesk()
  const wording = readCertificateSettings(desk.db).wording
  for (const good of [...Object.values(wording), '感谢您。', '{{name}}服务{{ hours }}'])
    expect(isWording(good), good).toBe(true)
  for (const bad of [
    '{{nmae}}',
    '{{#name}}',
    '{{name',
    '{{{name}}}',
    '{{&name}}',
    '{{> slip}}',
    '{{=<% %>=}}',
  ]) {
    expect(isWording(bad), bad).toBe(false)
    const refused = refusal(() => change(desk, { wording: { ...wording, thanks: bad } }))
    expect(refused).toEqual(invalidFields(['wording.thanks', 'template']))
  }
})

test('the page of checks lies behind https, without a fragment of its own', () => {
  const desk = openTestDesk()
  expect(change(desk, { verifyUrl: 'https://example.org/v.html' }).verifyUrl).toBe(
    'https://example.org/v.html',
  )
  for (const bad of [
    'http://example.org',
    'example.org',
    'javascript:alert(1)',
    'https://a b',
    'https://a/#x',
    'https://u@a/',
  ])
    expect(
      refusal(() => change(desk, { verifyUrl: bad })),
      bad,
    ).toEqual(invalidFields(['verifyUrl', 'url']))
})
