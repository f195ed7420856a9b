/** How a page looks: on a wide screen, on a phone, on paper; light, and dark where the reader's system is. */

export const HTML_STYLE = `
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1f2429; --muted: #5b6570; --line: #e2e5e9; --soft: #f6f7f8; --link: #1d5fa8;
  --add: #1a6f43; --change: #8a5a00; --remove: #b3261e;
  --refused: #fdf1f0; --careful: #fdf7ea;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #15181b; --text: #e3e6e9; --muted: #9aa4ae; --line: #2d3339; --soft: #1d2125; --link: #86b8f0;
    --add: #62c692; --change: #dcae55; --remove: #f58f86;
    --refused: #2c1c1c; --careful: #28231a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 3rem;
  background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1 { margin: .25rem 0 .75rem; font-size: 1.75rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
h2 { margin: 0 0 .75rem; font-size: 1.125rem; line-height: 1.35; }
h3 { margin: 0 0 .25rem; font-size: 1rem; line-height: 1.4; }
p { margin: 0 0 .5rem; }
p .hint { display: block; }
ul { margin: 0; padding-left: 1.25rem; }
a { color: var(--link); text-decoration-color: var(--line); text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em; unicode-bidi: isolate; }
header p, .muted, small, .hint, dt, thead { color: var(--muted); }
header p { margin: 0 0 .125rem; }
main > section { margin-top: 2.5rem; }
main > section.refused, main > section.careful { margin-top: 1.5rem; padding: 1rem 1.25rem; border-left: .25rem solid var(--change); border-radius: .25rem; background: var(--careful); }
main > section.refused { border-color: var(--remove); background: var(--refused); }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: 1.25rem; }
nav a { padding: .125rem .75rem; border: 1px solid var(--line); border-radius: 1rem; color: inherit; font-size: .875rem; text-decoration: none; }
nav a:hover { border-color: currentColor; }
nav b { font-weight: 600; color: var(--muted); }
table { width: 100%; border-collapse: collapse; text-align: left; }
th, td { padding: .375rem .75rem .375rem 0; vertical-align: baseline; font-weight: inherit; }
th:last-child, td:last-child { padding-right: 0; }
.rows thead th { font-size: .8125rem; font-weight: 500; }
.rows td { border-top: 1px solid var(--line); }
.rows td:first-child { width: 28%; }
.rows td:nth-child(3) { width: 28%; }
.person { padding: .875rem 0; border-top: 1px solid var(--line); }
.person:target { background: var(--soft); box-shadow: 0 0 0 .5rem var(--soft); }
h3 code, li code { color: var(--muted); font-weight: 400; }
h3 > code:first-child { color: inherit; font-weight: 600; }
li > code:first-child, a code { color: inherit; }
small { float: right; margin-left: 1rem; font-size: .8125rem; font-weight: 400; line-height: 1.75; }
.changes { table-layout: fixed; }
.changes thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.changes td, .changes th { padding-top: .125rem; padding-bottom: .125rem; }
.changes col:nth-child(1) { width: 1.5rem; }
.changes col:nth-child(2) { width: 29%; }
.changes col:nth-child(3) { width: 21%; }
.changes td:first-child { font: 600 1em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.changes td:nth-child(4) { color: var(--muted); font-size: .875rem; }
.changes td:nth-child(4) code { font-size: .9375em; }
.changes b, .rows b, .reason b { font-weight: 600; }
.add td:first-child { color: var(--add); }
.change td:first-child { color: var(--change); }
.remove td:first-child, span.remove, b.error { color: var(--remove); }
.remove td:nth-child(3) { text-decoration: line-through; color: var(--muted); }
b.warning { color: var(--change); }
.people { padding: 0; list-style: none; columns: 2 22rem; column-gap: 2rem; }
.people li { padding: .125rem 0 .125rem 1rem; text-indent: -1rem; break-inside: avoid; }
.people li:target { background: var(--soft); }
.reason + .reason { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.quiet, footer { font-size: .875rem; color: var(--muted); }
.quiet h2 { font-size: .875rem; }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
dl { margin: 0; }
dl div { display: flex; gap: 1rem; padding: .0625rem 0; }
dt { flex: 0 0 7rem; }
dd { margin: 0; min-width: 0; }
@media (max-width: 40rem) {
  body { padding: 1.25rem 1rem 2rem; }
  h1 { font-size: 1.375rem; }
  small { float: none; display: block; margin: 0; }
  .changes, .changes tbody { display: block; }
  .changes colgroup { display: none; }
  .changes tr { display: grid; grid-template-columns: 1.5rem minmax(0, 1fr) fit-content(50%); padding: .125rem 0; }
  .changes th, .changes td { padding: 0 .5rem 0 0; }
  .changes td:nth-child(3) { padding-right: 0; text-align: right; }
  .changes td:nth-child(4) { grid-column: 2 / -1; }
  .rows thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .rows tr { display: block; padding: .5rem 0; border-top: 1px solid var(--line); }
  .rows td, .rows td:first-child, .rows td:nth-child(3) { display: block; width: auto; padding: 0; border: 0; }
  .rows td:first-child { font-weight: 600; }
  .rows tr:first-child { border-top: 0; }
  .rows .hint::before { content: "hint: "; }
  dt { flex-basis: 4.5rem; }
  footer dl div { display: block; padding: .25rem 0; }
}
@media screen {
  .person { content-visibility: auto; contain-intrinsic-size: auto 7rem; }
}
@media print {
  @page { margin: 15mm; }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, h3 { break-after: avoid; }
  .person { break-inside: avoid; padding: .5rem 0; }
  tr, li, dl div { break-inside: avoid; }
  main > section { margin-top: 1.5rem; }
}
`;
