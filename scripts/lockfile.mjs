// Checks that package-lock.json lists the optional packages of every platform, not only those of the machine that it
// was written on (npm leaves the others out at times): `npm ci` refuses a lockfile that lacks them. `--fix` adds them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
  'wasm32',
];

const missing = [];
for (const holder of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(holder.inBundle ? {} : (holder.optionalDependencies ?? {}))) {
    if (!(`node_modules/${name}` in lock.packages)) missing.push({ name, version, holder });
  }
}

if (missing.length > 0 && !process.argv.includes('--fix')) {
  const names = missing.map(({ name }) => name).join(', ');
  console.error(`package-lock.json lacks optional packages: ${names}; run node scripts/lockfile.mjs --fix`);
  process.exitCode = 1;
} else if (missing.length > 0) {
  for (const { name, version, holder } of missing)
    lock.packages[`node_modules/${name}`] = entryOf(name, version, holder);
  const sorted = Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`);
}

/** Packages of one platform tell it in their name: `@biomejs/cli-linux-arm64-musl`. */
function entryOf(name, version, holder) {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (!os && !cpu) throw new Error(`${name} does not tell its platform: add it to package-lock.json by hand`);
  const libc = words.includes('musl')
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return {
    version,
    ...(holder.dev ? { dev: true } : {}),
    optional: true,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os ? { os: [os] } : {}),
    ...(libc ? { libc: [libc] } : {}),
  };
}
