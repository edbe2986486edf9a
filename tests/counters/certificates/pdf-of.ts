/** What a page says, without the fonts in it. */
const wordsOf = (html: string) => html.replace(/@font-face\{[^}]*\}/g, '').replace(/\s+/g, ' ')

/**
 * A page maker that is quick: one empty A4 page, and in a remark what the page says. The real one is tested with Chromium.
 */
export const pdfOf = (html: string): Buffer =>
  Buffer.from(`%PDF-1.7
% ${wordsOf(html)}
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>
endobj
xref
0 1
0000000000 65535 f 
trailer
<< /Root 1 0 R /Size 4 >>
startxref
0
%%EOF
`)
