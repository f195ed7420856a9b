/** Every error the transport can give: its code never changes its meaning, and its cure is what to do next. */

export interface CodeText {
  /** One line. */
  readonly meaning: string;
  /** What to do next; one sentence. */
  readonly cure: string;
}

export const HTTP_CODES = {
  'answer-truncated': {
    meaning: 'The answer broke off, or is JSON that cannot be parsed.',
    cure: 'Try again; if it persists, look for a proxy between here and the platform that cuts answers.',
  },
  'bad-request': {
    meaning: 'The platform refused the request as wrong.',
    cure: "Read the platform's message; quote the request id to its support when it does not help.",
  },
  'bad-url': {
    meaning: 'A base or sign-in URL cannot be used.',
    cure: 'Write a plain URL such as https://api.example.com, without user name, query or fragment.',
  },
  conflict: {
    meaning: 'The platform refused the request because of the state it is in.',
    cure: 'Plan again: somebody may have changed the same thing at the same time.',
  },
  'connection-failed': {
    meaning: 'No connection, or it was lost before the answer was complete.',
    cure: 'Check the base URL, the network and the proxy settings.',
  },
  'credentials-incomplete': {
    meaning: 'A part of what a sign-in takes is set, and the rest is not.',
    cure: 'Set what is missing, or a ready-made token instead.',
  },
  'credentials-malformed': {
    meaning: 'A credential holds characters that cannot be sent.',
    cure: 'Set the variable again, without spaces, line breaks or quotes.',
  },
  'credentials-missing': {
    meaning: 'No credentials for the org are in the environment.',
    cure: 'Set the variables that the message names.',
  },
  'empty-answer': {
    meaning: 'The platform answered success without a body where data was asked for.',
    cure: 'Try again; nothing was taken for empty. If it persists, look for a proxy that drops bodies.',
  },
  forbidden: {
    meaning: 'The credentials are valid but lack a scope or permission.',
    cure: 'Grant the scope to the client the credentials belong to, then sign in again.',
  },
  'host-not-allowed': {
    meaning: 'A URL leads to a host that credentials may not be sent to.',
    cure: 'If the host is to be trusted with the token, name it in MUSTER_ALLOWED_HOSTS.',
  },
  'insecure-url': {
    meaning: 'A URL would send credentials without encryption.',
    cure: 'Use https; plain http is for loopback only.',
  },
  'not-found': {
    meaning: 'The platform knows nothing at this address.',
    cure: 'Check the base URL and the ids; a user or job may have been deleted.',
  },
  'not-json': {
    meaning: 'The answer is something other than JSON, such as a web page.',
    cure: 'Check the base URL: it may be the address of a web page or a sign-in portal, not of the API.',
  },
  'not-supported': {
    meaning: 'The platform does not have this call.',
    cure: 'Check the base URL and, where the path is only assumed, the assumptions of the org.',
  },
  'rate-limited': {
    meaning: 'The platform asks for fewer requests.',
    cure: 'Wait and try again, or lower `pace` of the org in muster.yaml.',
  },
  redirected: {
    meaning: 'The platform answered with a redirect, which is never followed.',
    cure: 'Set the base URL to the address the API itself has.',
  },
  'server-error': {
    meaning: 'The platform failed.',
    cure: "Try again later; quote the request id to the platform's support.",
  },
  'sign-in-failed': {
    meaning: 'The platform refused the client id and secret, or answered without a token.',
    cure: 'Check the client id, the secret and the sign-in URL.',
  },
  timeout: {
    meaning: 'The answer did not come in time.',
    cure: 'Try again; if it persists, check the network and the proxy settings.',
  },
  'tls-failed': {
    meaning: 'The certificate of the platform, or of a proxy, could not be verified.',
    cure: 'Check the base URL and the clock; behind an inspecting proxy point NODE_EXTRA_CA_CERTS at its root certificate.',
  },
  unauthorized: {
    meaning: 'The platform does not accept the token.',
    cure: 'Set a token that is valid and of this tenant, or a client id and secret that can renew it.',
  },
  'webhook-failed': {
    meaning: 'A chat could not be told by its webhook.',
    cure: 'Check MUSTER_WEBHOOK_URL; everything else was done.',
  },
} as const satisfies Readonly<Record<string, CodeText>>;

export type HttpCode = keyof typeof HTTP_CODES;
