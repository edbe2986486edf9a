import { describe, expect, test } from 'vitest'
import { certificateKinds } from '../../../electron/contract/certificate-records.ts'
import { problemOfTemplate } from '../../../electron/counters/certificates/check-template.ts'
import { previewTemplate } from '../../../electron/counters/certificates/preview.ts'
import { renderSheet } from '../../../electron/counters/certificates/render.ts'
import { snapshotOf } from '../../../electron/counters/certificates/snapshot.ts'
import {
  listTemplates,
  resetTemplate,
  saveTemplate,
  templateFor,
} from '../../../electron/counters/certificates/templates.ts'
import { rows } from '../../../electron/database/open.ts'
import { selfContained } from '../../../electron/workbench/fonts.ts'
import { openTestDesk } from '../../fixture.ts'
import { refusal } from '../people/people.ts'
import { addVolunteer, invalidFields } from '../volunteers/service.ts'
import { openCertificateDesk, recordOf } from './issuing.ts'

/** A plain sheet with these lines in its body, the first of them on line 4. */
const sheet = (...lines: string[]) =>
  [
    '<!doctype html><html lang="zh-CN"><head><title>{{title}}</title></head>',
    '<body>',
    '<p>{{number}}</p><img src="{{qr}}" alt="" />',
    ...lines,
    '</body></html>',
  ].join('\n')

describe('a template of the community', () => {
  test('serves in place of the built-in one until it is reset', () => {
    const desk = openTestDesk()
    const own = sheet('<p>{{name}}</p>')
    expect(saveTemplate(desk.context('manager'), { kind: 'thanks', html: own })).toMatchObject({
      kind: 'thanks',
      own: true,
      operator: '主任',
      html: own,
    })
    expect(templateFor(desk.desk, 'thanks')).toBe(own)
    expect(listTemplates(desk.context()).map(({ own }) => own)).toEqual([false, false, false, true, false])
    expect(resetTemplate(desk.context('manager'), { kind: 'thanks' })).toMatchObject({ own: false, at: null })
    expect(templateFor(desk.desk, 'thanks')).not.toBe(own)
  })

  test('that does not hold is refused with its line, and the old one stays', () => {
    const desk = openTestDesk()
    const own = sheet('<p>{{name}}</p>')
    saveTemplate(desk.context('manager'), { kind: 'star', html: own })
    const broken = sheet('<p>您好</p>', '<p>{{nmae}}</p>')
    expect(refusal(() => saveTemplate(desk.context('manager'), { kind: 'star', html: broken }))).toEqual(
      invalidFields(['html', 'line:5:unknown']),
    )
    expect(templateFor(desk.desk, 'star')).toBe(own)
  })

  test('is frozen once however often it is saved, and never changed', () => {
    const desk = openTestDesk()
    const [one, other] = [sheet('<p>甲</p>'), sheet('<p>乙</p>')]
    for (const html of [one, other, one]) saveTemplate(desk.context('manager'), { kind: 'record', html })
    expect(rows(desk.db, 'SELECT html FROM document_template ORDER BY id')).toEqual([
      { html: one },
      { html: other },
    ])
    expect(templateFor(desk.desk, 'record')).toBe(one)
    expect(() => desk.db.exec("UPDATE document_template SET html = ''")).toThrow('never changed')
  })
})

test('the built-in templates hold what is asked of everybody’s', () => {
  const { desk } = openTestDesk()
  for (const kind of certificateKinds) {
    const html = templateFor(desk, kind)
    expect(problemOfTemplate(html), kind).toBeNull()
    expect(html).not.toMatch(/\{\{>|全国|国标|GB/)
  }
})

describe('a template is refused', () => {
  test.each([
    ['an element that is not closed', ['<div>', '<p>x</p>'], 4, 'tag'],
    ['one closed that was not opened', ['<p>x</p>', '</div>'], 5, 'tag'],
    ['elements closed in another order', ['<p><b>x</p></b>'], 4, 'tag'],
    ['a tag that is cut off', ['<p', '>x</p><'], 5, 'tag'],
    ['attributes without quotation marks', ['<p class=a>x</p>'], 4, 'tag'],
    ['a name between attributes', ['<p {{name}}>x</p>'], 4, 'tag'],
    ['a section that is not closed', ['<p>x</p>', '{{#details}}', '<p>x</p>'], 5, 'tag'],
    ['a section closed that was not opened', ['{{/details}}'], 4, 'tag'],
    ['a name that is cut off', ['<p>{{name</p>'], 4, 'tag'],
    ['other marks for names', ['{{=<% %>=}}'], 4, 'tag'],
    ['a name that no sheet knows', ['<p>x</p>', '<p>{{phones}}</p>'], 5, 'unknown'],
    ['a property of a known name', ['<p>{{name.constructor}}</p>'], 4, 'unknown'],
    ['a part of another template', ['{{> slip}}'], 4, 'unknown'],
    ['words of people in CSS', ['<p style="color: {{name}}">x</p>'], 4, 'unknown'],
    ['words of people in a style', ['<style>p { color: {{reason}} }</style>'], 4, 'unknown'],
    ['unescaped names', ['<p>{{{name}}}</p>'], 4, 'script'],
    ['unescaped names of the other form', ['<p>{{&name}}</p>'], 4, 'script'],
    ['a script', ['<p>x</p>', '<script>alert(1)</script>'], 5, 'script'],
    ['a script in capitals', ['<SCRIPT>alert(1)</SCRIPT>'], 4, 'script'],
    ['a handler', ['<img src="{{logo}}" alt="" onerror="alert(1)" />'], 4, 'script'],
    ['an address that runs', ['<p title="javascript:alert(1)">x</p>'], 4, 'script'],
    ['a script behind a comment that ends at once', ['<!--><script>alert(1)</script>-->'], 4, 'tag'],
    ['a script behind a comment that ends oddly', ['<!-- --!><script>alert(1)</script> -->'], 4, 'tag'],
    ['a script between styles', ['<style></STYLE><script>alert(1)</script><style></style>'], 4, 'script'],
    ['a style within a drawing', ['<svg><style><img onerror="alert(1)" /></style></svg>'], 4, 'tag'],
    ['a form', ['<form></form>'], 4, 'script'],
    ['an image from elsewhere', ['<img src="https://example.org/a.png" alt="" />'], 4, 'outside'],
    ['an image that is an SVG', ['<img src="data:image/svg+xml;base64,PHN2Zz4=" alt="" />'], 4, 'outside'],
    ['an image by somebody’s words', ['<img src="{{name}}" alt="" />'], 4, 'outside'],
    ['a link', ['<a href="https://example.org">x</a>'], 4, 'outside'],
    ['a frame', ['<iframe></iframe>'], 4, 'outside'],
    ['a style sheet from elsewhere', ['<link rel="stylesheet" href="a.css" />'], 4, 'outside'],
    ['a refresh', ['<meta http-equiv="refresh" content="0" />'], 4, 'outside'],
    [
      'a background from elsewhere',
      ['<style>', 'p { background: url(//example.org/a) }', '</style>'],
      5,
      'outside',
    ],
    ['an import', ['<style>@import "a.css";</style>'], 4, 'outside'],
    [
      'an address written with escapes',
      ['<style>p { background: u\\72l(//example.org/a) }</style>'],
      4,
      'outside',
    ],
    ['an address in an attribute', ['<p style="background: url(\'//example.org/a\')">x</p>'], 4, 'outside'],
    ['an image by use', ['<svg><use href="//example.org/a.svg#x" /></svg>'], 4, 'outside'],
    ['a script behind a remark', ['{{! <!-- }}', '<script>alert(1)</script>{{! --> }}'], 5, 'script'],
    ['a script in a comment of a section', ['{{#preview}}<!-- {{/preview}}', '<i></i><!-- -->'], 4, 'tag'],
    ['a comment that a section ends', ['<!-- {{#preview}} -->{{/preview}}<p>x</p><!-- -->'], 4, 'tag'],
    [
      'a section that takes a quotation mark along',
      ['<p title="{{#preview}}">{{/preview}}<i title="<b><script></script>"></i></p>'],
      4,
      'tag',
    ],
    ['half of an element in a section', ['<p>x</p>', '{{#replaces}}<div>{{/replaces}}</div>'], 5, 'tag'],
    [
      'a section that ends in another element',
      ['<div>{{#replaces}}</div>', '<p>{{/replaces}}</p>'],
      4,
      'tag',
    ],
    ['a drawing filled from elsewhere', ['<svg><path fill="url(//example.org/a#x)" /></svg>'], 4, 'outside'],
  ])('with %s', (_, lines, line, word) => {
    expect(problemOfTemplate(sheet(...lines))).toEqual({ line, word })
  })

  test('that hides or lacks its number or its code', () => {
    const without = (part: string) => problemOfTemplate(sheet().replace(part, ''))
    expect(without('{{number}}')).toEqual({ line: 1, word: 'no-number' })
    expect(without('<img src="{{qr}}" alt="" />')).toEqual({ line: 1, word: 'no-code' })
    const commented = sheet().replace('<p>{{number}}</p>', '<!-- {{number}} -->')
    expect(problemOfTemplate(commented)).toEqual({ line: 1, word: 'no-number' })
    for (const hidden of ['{{! {{number}}', '{{#preview}}{{number}}{{/preview}}', '{{^qr}}{{number}}{{/qr}}'])
      expect(problemOfTemplate(sheet().replace('{{number}}', hidden)), hidden).toMatchObject({
        word: 'no-number',
      })
    const [code, named] = ['<img src="{{qr}}" alt="" />', (name: string) => `{{#${name}}}`]
    const codeIn = (name: string) =>
      problemOfTemplate(sheet().replace(code, `${named(name)}${code}{{/${name}}}`))
    expect([codeIn('qr'), codeIn('reprint')]).toEqual([null, { line: 1, word: 'no-code' }])
    const titled = sheet().replace('{{number}}', '').replace('{{title}}', '{{number}}')
    expect(problemOfTemplate(titled)).toEqual({ line: 1, word: 'no-number' })
  })

  test('that is no page or too long for a sheet', () => {
    expect(problemOfTemplate('')).toEqual({ line: 1, word: 'tag' })
    expect(problemOfTemplate('<p>{{number}}</p>')).toEqual({ line: 1, word: 'tag' })
    expect(problemOfTemplate(sheet('x'.repeat(100_001)))).toEqual({ line: 4, word: 'too-long' })
  })
})

describe('a sheet', () => {
  const frame = { number: 'ZM-2026-000001', day: '2026-11-23', code: 'OSC1.a.b' }

  test('holds somebody’s markup as words', () => {
    const desk = openCertificateDesk()
    const name = '<img src=x onerror=alert(1)>'
    const snapshot = snapshotOf(desk.context(), recordOf(addVolunteer(desk.db, { name })), frame)
    const { html: page } = renderSheet(desk.desk, templateFor(desk.desk, 'record'), snapshot)
    expect(page).not.toContain('<img src=x')
    expect(page).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;')
  })

  test('marks a reprint and a preview whatever its template says', () => {
    const desk = openCertificateDesk()
    const snapshot = snapshotOf(desk.context(), recordOf(desk.volunteerId), frame)
    const { html: plain } = renderSheet(desk.desk, sheet(), snapshot)
    expect(plain).not.toMatch(/补打|预览/)
    const { html: again } = renderSheet(desk.desk, sheet(), {
      ...snapshot,
      reprint: { copy: 2, reason: '遗失</p>' },
    })
    expect(again.replace(/\s+/g, ' ')).toContain('补打 第2次 · 事由：遗失&lt;&#x2F;p&gt;')
    expect(renderSheet(desk.desk, sheet(), { ...snapshot, preview: true }).html).toContain('不作证明')
  })

  test('carries the song face and nothing that is fetched', () => {
    const desk = openCertificateDesk()
    const snapshot = snapshotOf(desk.context(), recordOf(desk.volunteerId), frame)
    const page = selfContained(renderSheet(desk.desk, templateFor(desk.desk, 'record'), snapshot))
    expect(page).toMatch(/@font-face\{font-family:'Noto Serif SC';font-weight:400/)
    expect(page).toMatch(/@font-face\{font-family:'Noto Serif SC';font-weight:700/)
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)|src="(?!data:)/)
  })

  test('is looked at before it is saved, with the faults named', () => {
    const desk = openTestDesk()
    const preview = (html: string | null) =>
      previewTemplate(desk.context('manager'), { kind: 'record', html, settings: null })
    expect(preview(null).html).toMatch(/^\/documents\/[\w-]{32}\.html$/)
    expect(preview(sheet()).html).toMatch(/\.html$/)
    expect(refusal(() => preview(sheet('<b>')))).toEqual(invalidFields(['html', 'line:4:tag']))
  })
})
