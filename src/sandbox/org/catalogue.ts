/** What people can be skilled in and how common it is. Order and weights are part of the seed's promise: never edit a line. */

/** [name, weight]: how often the skill is drawn, against the others. */
export const SKILLS: readonly (readonly [string, number])[] = [
  ['English', 120],
  ['Spanish', 5],
  ['French', 4],
  ['German', 4],
  ['Italian', 2],
  ['Portuguese', 3],
  ['Dutch', 2],
  ['Polish', 2],
  ['Turkish', 1],
  ['Arabic', 2],
  ['Hindi', 2],
  ['Japanese', 1],
  ['Mandarin', 1],
  ['Billing', 30],
  ['Refunds', 20],
  ['Payment Plans', 8],
  ['Invoicing', 8],
  ['Collections', 4],
  ['Technical Support', 20],
  ['Hardware', 6],
  ['Software', 8],
  ['Network', 4],
  ['Installation', 3],
  ['Sales', 18],
  ['Upselling', 6],
  ['Retention', 10],
  ['Renewals', 5],
  ['Customer Care', 45],
  ['Complaints', 15],
  ['Returns', 10],
  ['Order Status', 18],
  ['Shipping', 7],
  ['Account Changes', 12],
  ['Escalations', 3],
  ['VIP', 2],
  ['Chat', 28],
  ['Email', 28],
  ['Social Media', 4],
  ['Fraud', 1],
  ['Identity Check', 5],
];

/** What each kind of team is mostly skilled in. */
export const FOCUSES: readonly (readonly [string, readonly string[]])[] = [
  ['billing', ['Billing', 'Refunds', 'Payment Plans', 'Invoicing', 'Collections']],
  ['support', ['Technical Support', 'Hardware', 'Software', 'Network', 'Installation']],
  ['sales', ['Sales', 'Upselling', 'Renewals']],
  ['care', ['Customer Care', 'Complaints', 'Account Changes', 'Escalations', 'VIP']],
  ['orders', ['Order Status', 'Returns', 'Shipping', 'Refunds']],
  ['retention', ['Retention', 'Renewals', 'Complaints', 'Identity Check', 'Fraud']],
];

export const FOCUS_FACTOR = 6;
