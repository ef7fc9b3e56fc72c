// Makes a checkout ready to run: installs the dependencies and builds, where either is missing or stale.
import { existsSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { differingPackages } from './installed.mjs';
import { must, root } from './run.mjs';

const oldest = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(
    `albridge needs Node ${oldest.join('.')} or newer; this is ${process.versions.node}: install a newer Node`,
  );
  process.exit(1);
}

const modified = (path) => (existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0);

/** When the newest of some files and folders was last changed; a folder counts too, for what was deleted from it. */
function newest(paths) {
  return Math.max(
    ...paths.map((path) => {
      if (!existsSync(join(root, path))) return 0;
      if (!statSync(join(root, path)).isDirectory()) return modified(path);
      return Math.max(modified(path), newest(readdirSync(join(root, path)).map((name) => join(path, name))));
    }),
  );
}

/** A linked folder belongs to another checkout, whose packages an installation would delete. */
const linked = lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

const [differing, ...others] = linked ? [] : differingPackages(root);
if (differing) {
  // `npm ci` empties the folder before it asks the registry: whoever is offline should know what became of it.
  const reason = `node_modules is not what package-lock.json asks for (${[differing, ...others].slice(0, 3).join(', ')})`;
  const isNew = !existsSync(join(root, 'node_modules'));
  console.log(isNew ? 'installing dependencies …' : `${reason}: npm ci installs it anew …`);
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-fund', '--no-audit', '--loglevel=error'];
  if (npm) must(process.execPath, [npm, ...args]);
  else must('npm', args, { shell: process.platform === 'win32' });
}

const inputs = ['src', 'scripts', 'package-lock.json', 'tsconfig.base.json'];
if (modified('dist/.built') < newest(inputs)) {
  console.log('building …');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  must(process.execPath, ['scripts/build.mjs']);
}
