/** What providers can say beyond the transport's errors: codes that never change their meaning, and their cures. */
import { PlatformError, type PlatformErrorDetails } from '../model/error.ts';

interface CodeText {
  /** One line. */
  readonly meaning: string;
  /** What to do next; one sentence. */
  readonly cure: string;
}

export const PROVIDER_CODES = {
  'address-missing': {
    meaning: 'Nothing in the settings of an org says where its platform is.',
    cure: 'Set `region` of a Genesys Cloud org, or `baseUrl`, in muster.yaml.',
  },
  'answer-malformed': {
    meaning: 'The answer is JSON, but not of the expected shape.',
    cure: 'Check the base URL and the assumptions of the org; nothing was taken for empty.',
  },
  'api-not-found': {
    meaning: 'Nothing at the base URL answers like the API of the platform.',
    cure: 'Check `baseUrl` of the org; where the platform has no listing, write users as `id:<platform id>`.',
  },
  'assumption-unknown': {
    meaning: 'An org overrides an assumption that does not exist, or with a value that cannot be.',
    cure: 'Correct or remove the entry under `assumptions` of the org in muster.yaml.',
  },
  'bulk-scope-missing': {
    meaning:
      'The bulk call is refused for want of its scope; users are written one by one instead.',
    cure: 'Grant the scope admin:users:bulkupdate, or set `bulk: never` to leave the bulk call alone.',
  },
  'discovery-failed': {
    meaning: 'The sign-in worked, but does not lead to the tenant or to where its API is.',
    cure: 'Set `baseUrl` of the org to the API endpoint of the tenant, and check `loginUrl` where it is set.',
  },
  'job-failed': {
    meaning: 'A bulk job failed, as a whole or for a user.',
    cure: "Read the platform's message; plan again to see who is still to be changed.",
  },
  'job-lost': {
    meaning: 'A bulk job cannot be followed: it vanished, or was never given an id.',
    cure: 'Plan again in a while: it shows who is still to be changed.',
  },
  'job-timeout': {
    meaning: 'A bulk job did not end in time, and may still be running.',
    cure: 'Plan again in a while: it shows who is still to be changed.',
  },
  'listing-incomplete': {
    meaning: 'A listing could not be proven complete.',
    cure: 'Try again when nobody is adding or removing users; check that the credentials may see everybody.',
  },
  'org-mismatch': {
    meaning:
      'The credentials belong to another tenant than the org is pinned to by `orgId`; nothing was read or written.',
    cure: 'Use the credentials of that tenant, or correct `orgId` of the org in muster.yaml.',
  },
  'rows-refused': {
    meaning: 'The platform answered that it did not take some of the rows that were sent.',
    cure: "Read the platform's message; plan again to see what is still to be changed.",
  },
  'tenant-unchecked': {
    meaning: 'A ready-made token does not tell its tenant, so it was not compared with `orgId`.',
    cure: 'Sign in with an access key, to have the tenant compared with `orgId`.',
  },
  'too-many-skills': {
    meaning: 'A list would have more skills than the platform lets one user have.',
    cure: 'Take some of them out of the files, or off the person on the platform, then plan again.',
  },
  'value-not-writable': {
    meaning:
      'An assignment shall be put back as something that no call of the platform can say, such as an inactive one.',
    cure: 'Set it on the platform by hand, then plan again.',
  },
  'write-replaces': {
    meaning: 'A call that was to set or remove some rows took others away; the run was stopped.',
    cure: 'Compare this person on the platform with the journal; where PUT is named, `assumptions: { putMerges: "false" }` of the org leaves it alone.',
  },
} as const satisfies Readonly<Record<string, CodeText>>;

/** What normalizing can find, described in docs/findings.md. */
export const FINDING_CODES = [
  'skill-ambiguous',
  'skill-id-unknown',
  'skill-two-names',
  'skill-unknown',
  'user-ambiguous',
  'user-duplicate',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export type ProviderCode = keyof typeof PROVIDER_CODES;

/** An error with the code's cure as its hint. */
export function problem(
  code: ProviderCode,
  message: string,
  details: Partial<PlatformErrorDetails> = {},
): PlatformError {
  return new PlatformError(code, message, {
    hint: PROVIDER_CODES[code].cure,
    effect: 'none',
    ...details,
  });
}

/** The same error with another hint. */
export function withHint(error: PlatformError, hint: string): PlatformError {
  // Fields that are not set are there as undefined, which the constructor takes for left out.
  const details = { ...error, hint } as PlatformErrorDetails;
  return new PlatformError(error.code, error.message, details);
}
