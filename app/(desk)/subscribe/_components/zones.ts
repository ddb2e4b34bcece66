/** The time zones a reader chooses from, as the tz database groups them. */

import { listZones } from '#lib/subscriptions/zone.ts';

export type ZoneGroup = { readonly region: string; readonly zones: readonly string[] };

const REGIONS = [
  'Africa',
  'America',
  'Antarctica',
  'Arctic',
  'Asia',
  'Atlantic',
  'Australia',
  'Europe',
  'Indian',
  'Pacific',
];

export const ZONE_GROUPS: readonly ZoneGroup[] = [
  { region: 'Everywhere', zones: ['UTC'] },
  ...REGIONS.map((region) => ({
    region,
    zones: listZones().filter((zone) => zone.startsWith(`${region}/`)),
  })),
];
