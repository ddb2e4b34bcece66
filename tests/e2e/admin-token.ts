/** What the operator of the instance under test would have chosen (playwright.config.ts). */
export const ADMIN_TOKEN = 'the-operator-of-the-browser-tests';
