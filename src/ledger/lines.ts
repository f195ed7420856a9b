/** What git and a remote say, made fit to print: one line, no credentials, no control characters. */

const NOISE = /^(warning|hint|To |From |Everything up-to-date)|^\W*$/;
const SPOKEN = /^(?:(?:remote|fatal|error):\s*)+/i;
// Everything up to the last @ before a space: passwords hold slashes and at signs.
const USERINFO = /:\/\/[^\s'"]*@/g;
const SECRET_PARAMETER = /([?&;](?:[a-z_-]*token|secret|password|key|sig)=)[^\s&'"]+/gi;
const TOKEN = /\b(?:gh[a-z]_|github_pat_|glpat-|glcbt-|ATBB|xox[a-z]-)[\w-]{8,}/g;
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;
const LONGEST = 300;

/** Without whatever looks like a credential or could move a terminal's cursor. */
export function cleaned(text: string): string {
  const plain = text
    .replace(UNPRINTABLE, ' ')
    .replace(USERINFO, '://')
    .replace(SECRET_PARAMETER, '$1***')
    .replace(TOKEN, '***')
    .replace(BEARER, '$1 ***')
    .trim();
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}...` : plain;
}

/** The first line that says what is wrong, cleaned; empty when there is none. */
export function tellingLine(stderr: string): string {
  for (const line of stderr.split('\n')) {
    const said = cleaned(line).replace(SPOKEN, '');
    if (!NOISE.test(said)) return said;
  }
  return '';
}

/** As the end of a sentence: without a full stop of its own. */
export function asClause(line: string): string {
  return line.replace(/[.:\s]+$/, '');
}
