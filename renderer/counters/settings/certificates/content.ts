import type { Attachment } from '../../../../electron/contract/files.ts'
import type { CertificateSettings } from '../../../../electron/contract/certificate-templates.ts'

/** The fields of 证书内容 as they are filled in; an image with what is shown of it. */
export type ContentForm = CertificateSettings

export const contentLabels = {
  body: '记录单位',
  head: '负责人',
  agent: '经办人',
  verifier: '核验人',
  phone: '联系电话',
  logoId: '标志',
  sealId: '印章',
  approval: '要第二人审批的证书',
  verifyUrl: '核验页网址',
  wording: '荣誉证书的文字',
} as const satisfies Partial<Record<keyof ContentForm, string>>

/** The honours, each with a sentence of its own. */
export const honours = ['star', 'pioneer', 'thanks', 'noon-helper'] as const

/** What a sentence may name, with what is put in its place. */
export const wordingWords: readonly { name: string; says: string; example: string }[] = [
  { name: 'hours', says: '累计时长', example: '120 小时 30 分' },
  { name: 'activities', says: '参加了几次', example: '36' },
  { name: 'star', says: '星级', example: '三星级' },
  { name: 'rank', says: '名次', example: '3' },
  { name: 'year', says: '年份', example: '2026' },
  { name: 'from', says: '开始的一天', example: '2026年1月1日' },
  { name: 'to', says: '最后一天', example: '2026年12月31日' },
  { name: 'words', says: '开具时写的话', example: '在社区活动中热心助人' },
  { name: 'name', says: '姓名', example: '示例' },
  { name: 'volunteerNumber', says: '志愿者编号', example: 'ZY-2026-000012' },
  { name: 'body', says: '记录单位', example: '居民委员会' },
]

/** As the core takes them: images by their ids alone. */
export function inputOf({ logo: _, seal: __, ...fields }: ContentForm) {
  return fields
}

/** The form with other images; none or one of each. */
export const withLogo = (form: ContentForm, files: readonly Attachment[]): ContentForm => ({
  ...form,
  logo: files[0] ?? null,
  logoId: files[0]?.id ?? null,
})
export const withSeal = (form: ContentForm, files: readonly Attachment[]): ContentForm => ({
  ...form,
  seal: files[0] ?? null,
  sealId: files[0]?.id ?? null,
})

/** Whether two forms would be saved as the same settings. */
export function sameContent(one: ContentForm, other: ContentForm): boolean {
  const plain = (form: ContentForm) =>
    JSON.stringify({ ...inputOf(form), approval: form.approval.toSorted(), version: 0 })
  return plain(one) === plain(other)
}

/** Which fields another screen saved differently, by their names. */
export const differing = (mine: ContentForm, theirs: ContentForm): string[] =>
  (Object.keys(contentLabels) as (keyof typeof contentLabels)[])
    .filter((field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs[field]))
    .map((field) => contentLabels[field])

/** What a clerk can mend before the core refuses it: by path of the input. */
export function contentProblems(form: ContentForm): Record<string, string> {
  const found: Record<string, string> = {}
  if (!form.body.trim()) found['body'] = '写上记录单位，才能开证书'
  for (const kind of honours) {
    if (!form.wording[kind].trim()) found[`wording.${kind}`] = '这句话不能空着'
  }
  return found
}
