// The pages of the package's entry points, by their files in docs/reference.
import { anchorsOf, apiPage } from './api-page.mjs';
import { readApi } from './read-api.mjs';

const entries = [
  {
    file: 'cdk.md',
    source: 'src/cdk/index.ts',
    title: '`albridge/cdk`',
    words:
      'Constructs for the AWS CDK. `elbv2.ITargetGroup` and the like are types of `aws-cdk-lib`, by the names of its modules: `elbv2` is `aws-cdk-lib/aws-elasticloadbalancingv2`. [Which way fits](../choose.md) tells what to begin with.',
  },
  {
    file: 'api.md',
    source: 'src/app/index.ts',
    title: '`albridge`',
    words:
      'What the functions are made of, for programs that run passes themselves: `parseConfig`, `run`, and all that these need. What a pass does is told by [how it works](../how-it-works.md).',
  },
  {
    file: 'emulator.md',
    source: 'src/emulator/index.ts',
    title: '`albridge/emulator`',
    words: 'The [local AWS](../emulator.md) as a library, for tests.',
  },
];

/** The entry points, and what each exports. */
export function readEntries() {
  const apis = readApi(entries.map(({ source }) => source));
  return entries.map((entry, index) => ({ ...entry, exported: apis[index] }));
}

export function apiPages(read) {
  return Object.fromEntries(
    read.map((entry) => {
      const places = read.filter((other) => other !== entry).flatMap(placesOf);
      return [`docs/reference/${entry.file}`, apiPage({ ...entry, places })];
    }),
  );
}

/** The comments of a class's methods, by their names. */
export function methodWords(read, name) {
  const { members } = read.flatMap(({ exported }) => exported).find((one) => one.name === name);
  return Object.fromEntries(members.map((member) => [member.name, member.words]));
}

function placesOf({ file, exported }) {
  return anchorsOf(exported).map(([name, anchor]) => [name, `${file}${anchor}`]);
}
