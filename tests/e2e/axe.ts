import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];

/** What axe, with all of its rules, finds wrong on the page as it is. */
export async function findViolations(page: Page): Promise<Violations> {
  const { violations } = await new AxeBuilder({ page })
    // What is right need not be described element by element: that takes longer than finding what is wrong.
    .options({ resultTypes: ['violations'] })
    // The other mode serves pages with frames of other origins, takes twice as long, and we have none.
    .setLegacyMode(true)
    .analyze();
  return violations;
}
