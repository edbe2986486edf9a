import { useInfiniteQuery, useQuery, useQueryCache } from '@pinia/colada'
import { computed, ref } from 'vue'
import type { LocationQuery } from 'vue-router'
import type { Certificate, CertificateKind } from '../../../../electron/contract/certificate-records.ts'
import { client } from '../../../shell/client.ts'
import { sentenceFor } from '../../../shell/sentences.ts'
import { kindWords, standingWords, type Standing } from '../words.ts'

/** What narrows the register; it stands in the address: /certificates?waiting=1. */
export type Narrowing = { kind?: CertificateKind; standing?: Standing; waiting?: true }

const among = <Value extends string>(value: unknown, words: Record<Value, string>): Value | undefined =>
  typeof value === 'string' && Object.hasOwn(words, value) ? (value as Value) : undefined

/** What an address narrows the list to; whatever it says that is none of the choices is left out. */
export function readFilter(query: LocationQuery): Narrowing {
  const kind = among(query['kind'], kindWords)
  const standing = among(query['standing'], standingWords)
  return {
    ...(kind ? { kind } : {}),
    ...(standing ? { standing } : {}),
    ...(query['waiting'] === '1' ? { waiting: true } : {}),
  }
}

/** The same as it stands in an address; what is not narrowed is not written. */
export const writeFilter = ({ kind, standing, waiting }: Narrowing) => ({
  ...(kind ? { kind } : {}),
  ...(standing ? { standing } : {}),
  ...(waiting ? { waiting: '1' } : {}),
})

export function useRegister(asked: () => Narrowing & { query: string }, limit = 40) {
  const query = useInfiniteQuery({
    key: () => ['certificate', 'list', JSON.stringify(asked())],
    query: ({ pageParam }) =>
      client.certificates.list({ ...asked(), limit, ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: 0,
    getNextPageParam: ({ rows }) => (rows.length < limit ? null : rows.at(-1)!.id),
  })
  const pages = computed(() => query.data.value?.pages ?? [])
  return {
    ...query,
    rows: computed(() => pages.value.flatMap((page) => page.rows)),
    total: computed(() => pages.value[0]?.total ?? 0),
  }
}

export const useCertificate = (id: () => number) =>
  useQuery({ key: () => ['certificate', id()], query: () => client.certificates.certificate({ id: id() }) })

/** One step with a certificate: shows what it answered at once, and says in `sentence` what went wrong. */
export function useStep() {
  const cache = useQueryCache()
  const busy = ref(false)
  const sentence = ref('')
  async function step<Answer>(
    work: () => Promise<Answer>,
    certificateOf: (answer: Answer) => Certificate,
  ): Promise<Answer | null> {
    if (busy.value) return null
    busy.value = true
    sentence.value = ''
    try {
      const answer = await work()
      const certificate = certificateOf(answer)
      cache.setQueryData(['certificate', certificate.id], certificate)
      void cache.invalidateQueries({ key: ['certificate', 'list'] })
      return answer
    } catch (error) {
      sentence.value = sentenceFor(error)
      return null
    } finally {
      busy.value = false
    }
  }
  return { busy, sentence, step }
}

export type Steps = { reprint: boolean; collect: boolean; void: boolean; replace: boolean }

/** What can be done with a certificate now: nothing more is printed or handed out of one that is void or was edited. */
export function stepsOf({
  standing,
  sound,
  collected,
  replacedBy,
}: Pick<Certificate, 'standing' | 'sound' | 'collected' | 'replacedBy'>): Steps {
  const valid = standing === 'valid'
  return {
    reprint: valid && sound,
    collect: valid && collected === null,
    void: valid,
    replace: standing === 'void' && replacedBy === null,
  }
}

/** Of a line: how it stands, and whether it still lies at the desk. */
export function handedWords({ standing, collected }: Pick<Certificate, 'standing' | 'collected'>): string {
  if (standing !== 'valid') return standingWords[standing]
  return collected ? '已领取' : '待领取'
}

/** Who may take a certificate away, besides what is typed. */
export const relations = ['本人', '家属', '同事', '学校', '单位'] as const

/** What of the wish for a span of days is wrong; empty when it can be asked. */
export function spanProblem(from: string | null, to: string | null): string {
  if (!from || !to) return '请写开始和结束的日期'
  return to < from ? '结束的日期早于开始的日期' : ''
}

/** A reason is at least two characters (contract/fields.ts). */
export const lacksReason = (reason: string): boolean => reason.trim().length < 2
