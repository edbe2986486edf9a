/** `三年级` and `2班`, `(2)班` or `2` as one says it: `三(2)班`. Other words stand side by side as they were typed. */
export function classWords({ grade, className }: { grade: string; className: string }): string {
  const year = grade.replace(/年?级$/, '')
  const number = /^[(（]?(\d{1,2})[)）]?班?$/.exec(className)?.[1]
  if (number !== undefined && grade !== '') return `${year}(${number})班`
  // The class was typed whole already.
  return className.startsWith(year) ? className || grade : grade + className
}
