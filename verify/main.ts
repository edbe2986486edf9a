import './verify.css'
import { readCommunity } from './community.ts'
import { judge } from './judge.ts'
import { linesOf, spelledDay, wordsOf } from './words.ts'

const at = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind

const community = readCommunity(at('community').textContent)

/** Text only, whatever a code or a community's name holds. */
function element(name: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  if (className !== '') made.className = className
  return made
}

function show(text: string): void {
  const verdict = judge(text, community.keys)
  const { title, sentences } = wordsOf(verdict, community)
  const parts = [element('h2', title), ...sentences.map((sentence) => element('p', sentence))]
  if (verdict.result === 'good') {
    const list = document.createElement('dl')
    for (const [label, value] of linesOf(verdict.statement)) {
      const line = document.createElement('div')
      line.append(element('dt', label), element('dd', value))
      list.append(line)
    }
    parts.splice(2, 0, list)
  }
  const result = at('result')
  result.className = verdict.result
  result.replaceChildren(...parts)
  result.hidden = false
  result.focus()
}

/** What stands after `#` in the address, where a phone opened it from the code. A code has no sign to be escaped. */
function showAddress(): void {
  const text = location.hash.slice(1)
  if (text === '') return
  at<HTMLTextAreaElement>('code').value = text
  show(text)
}

at('issuer').textContent = community.name
at('keys').append(
  ...community.keys.map(({ key, madeAt, retiredAt }) => {
    const line = document.createElement('li')
    const days =
      retiredAt === null ? `${spelledDay(madeAt)} 起` : `${spelledDay(madeAt)} 至 ${spelledDay(retiredAt)}`
    line.append(element('code', key), element('span', days))
    return line
  }),
)
at('form').addEventListener('submit', (event) => {
  event.preventDefault()
  show(at<HTMLTextAreaElement>('code').value)
})
// A scanner types the code and Enter; a code has one line.
at('code').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.isComposing) return
  event.preventDefault()
  at<HTMLFormElement>('form').requestSubmit()
})
addEventListener('hashchange', showAddress)
showAddress()
