import { chunkErrorIgnored } from './chunk-error-ignored.ts';
import { deregisterFirst } from './deregister-first.ts';
import { drainingAsRegistered } from './draining-as-registered.ts';
import { firstPageOnly } from './first-page-only.ts';
import { foreignRulesRevoked } from './foreign-rules-revoked.ts';
import { noConfirmation } from './no-confirmation.ts';
import { noHealthGate } from './no-health-gate.ts';
import type { Plant } from './plant.ts';
import { portLeftOut } from './port-left-out.ts';
import { sourceBeforeSink } from './source-before-sink.ts';
import { stalePrefixListVersion } from './stale-prefix-list-version.ts';
import { substringDescription } from './substring-description.ts';
import { unknownAsEmpty } from './unknown-as-empty.ts';
import { zoneAlwaysAll } from './zone-always-all.ts';

/** Every mistake that can be planted. */
export const plants: readonly Plant[] = [
  sourceBeforeSink,
  deregisterFirst,
  unknownAsEmpty,
  drainingAsRegistered,
  substringDescription,
  firstPageOnly,
  noConfirmation,
  portLeftOut,
  foreignRulesRevoked,
  noHealthGate,
  chunkErrorIgnored,
  stalePrefixListVersion,
  zoneAlwaysAll,
];
