/**
 * One self-contained page from names that nobody vouches for: no script, nothing loaded, and no markup but what is
 * written in a renderer, because `html` escapes whatever it did not make itself.
 */
import type { Place } from '../model/finding.ts';
import { HTML_STYLE } from './html-style.ts';
import { plain } from './plain.ts';
import { fileLine } from './words.ts';

/** Markup that may stand on a page as it is. An instance, so that no data that was read can pass for one. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[];

/** A template of markup; strings in it are shown as they are, between tags and in quoted attributes. */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(String.raw({ raw: markup }, ...parts.map(shown)));
}

function shown(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(shown).join('');
  return plain(String(part)).replace(/[&<>"'`]/g, (found) => `&#${found.charCodeAt(0)};`);
}

export function joined(parts: readonly Markup[], between: string): Markup {
  return new Markup(parts.map((part) => part.text).join(shown(between)));
}

/** A name, which keeps its own direction to itself. */
export function named(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

/** A key, an id or a place. */
export function code(text: string): Markup {
  return html`<code>${text}</code>`;
}

/** The line that something stands on, behind what is said of it. */
export function where(place: Place): Markup {
  return html` <span class="muted">${code(fileLine(place))}</span>`;
}

/** Somebody: `Ana Ruiz` and the key. */
export function person({ key, name }: { readonly key: string; readonly name?: string }): Markup {
  return name === undefined ? code(key) : html`${named(name)} ${code(key)}`;
}

/** The anchor of a user's section: the same on every page, and another one for every id. */
export function anchor(userId: string): string {
  const safe = userId.replace(/[^A-Za-z0-9-]/g, (one) => `_${one.charCodeAt(0).toString(16)}_`);
  return `user-${safe}`;
}

/** A table whose rows stand one below the other on a phone. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (Markup | string)[])[],
): Markup {
  const cells = (row: readonly (Markup | string)[]) => row.map((cell) => html`<td>${cell}</td>`);
  return html`<table class="rows">
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody>
</table>`;
}

/** What to do next, for a cell or below a sentence; nothing where there is nothing to say. */
export function hinted(hint: string | undefined): Markup {
  return hint === undefined ? html`` : html`<span class="hint">${hint}</span>`;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** How many things it lists: shown behind the title. With none, the section is left out. */
  readonly count?: number;
  readonly tone?: 'refused' | 'careful' | 'quiet';
  readonly body: Markup;
}

export interface HtmlPage {
  /** `muster plan: eu-prod, 2026-11-23` */
  readonly title: string;
  readonly summary: string;
  readonly notes: readonly string[];
  readonly sections: readonly Section[];
  /** What the page can be told by: terms and what stands for them; null where there is none. */
  readonly marks: readonly (readonly [string, Markup | null])[];
}

/** Ends in a newline. */
export function htmlPage(page: HtmlPage): string {
  const sections = page.sections.filter((section) => section.count !== 0);
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<style>${new Markup(HTML_STYLE)}</style>
</head>
<body>
<header>
<p class="title">${page.title}</p>
<h1>${page.summary}</h1>
${page.notes.map((note) => html`<p>${note}</p>\n`)}${contents(sections)}</header>
<main>
${sections.map(sectionMarkup)}</main>
<footer>
<dl>
${page.marks.flatMap(mark)}</dl>
</footer>
</body>
</html>
`;
  return text;
}

/** Where to find what there is a number of. */
function contents(sections: readonly Section[]): Markup[] {
  const links = sections.flatMap(({ id, title, count }) =>
    count === undefined ? [] : [html`<a href="#${id}">${title} <b>${count}</b></a>\n`],
  );
  return links.length < 2 ? [] : [html`<nav aria-label="Contents">\n${links}</nav>\n`];
}

function sectionMarkup({ id, title, count, tone, body }: Section): Markup {
  const number = count === undefined ? '' : ` (${count})`;
  return html`<section id="${id}"${tone === undefined ? [] : html` class="${tone}"`}>
<h2>${title}${number}</h2>
${body}
</section>
`;
}

function mark([term, detail]: readonly [string, Markup | null]): Markup[] {
  return detail === null ? [] : [html`<div><dt>${term}</dt><dd>${detail}</dd></div>\n`];
}
