/** The platforms a sandbox can stand for. */
export const SERVED = ['admin', 'genesys'] as const;
export type Served = (typeof SERVED)[number];
