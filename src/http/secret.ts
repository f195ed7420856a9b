/** A value that no log, error, dump or JSON can show by accident: it comes out only where it is asked for by name. */

export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }
}

const EMAIL = /[^\s@<>"'`,;:()[\]{}/]+(?:@|%40)[^\s@<>"'`,;:()[\]{}/]+/gi;

/** A function that takes every given secret, and whatever looks like an e-mail address, out of a text. */
export function redactor(secrets: () => readonly Secret[]): (text: string) => string {
  return (text) => {
    let clean = text;
    for (const secret of secrets()) {
      const value = secret.reveal();
      if (value !== '') clean = clean.replaceAll(value, '[secret]');
    }
    return clean.replaceAll(EMAIL, '[e-mail]');
  };
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/** A foreign text as one line of at most 200 characters, without control and direction characters. */
export function oneLine(text: string): string {
  const line = text.replaceAll(UNPRINTABLE, ' ').replaceAll(/ {2,}/g, ' ').trim();
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}
