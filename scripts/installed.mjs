// Whether what is installed is what the lockfile asks for: told by contents, as times change with every checkout.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The packages of a checkout that are missing, of another version, or too many, by their places. */
export function differingPackages(checkout) {
  const locked = packagesOf(join(checkout, 'package-lock.json'));
  // npm writes down there what it has installed.
  const installed = packagesOf(join(checkout, 'node_modules/.package-lock.json'));
  const places = new Set([...Object.keys(locked), ...Object.keys(installed)]);
  return [...places].filter((place) => differs(place, locked[place], installed[place]));
}

function differs(place, locked, installed) {
  // The checkout itself is not installed, and neither are packages of other platforms.
  if (!installed) return place !== '' && !locked.optional;
  return locked?.integrity !== installed.integrity || locked?.version !== installed.version;
}

function packagesOf(lockfile) {
  return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, 'utf8')).packages : {};
}
