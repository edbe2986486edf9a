/** Puts the focus into the first field of a form that has just appeared: `@opened="focusFirstField('form-id')"`. */
export function focusFirstField(formId: string): void {
  const fields = document.getElementById(formId)?.querySelectorAll<HTMLElement>('input, textarea, select')
  const first = [...(fields ?? [])].find((field) => !field.matches(':disabled, [type=radio]:not(:checked)'))
  first?.focus()
}
