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

export function apiPages() {
  const apis = readApi(entries.map(({ source }) => source));
  return Object.fromEntries(
    entries.map(({ file, title, words }, index) => {
      const places = entries.flatMap((entry, other) => (other === index ? [] : placesOf(entry, apis[other])));
      return [`docs/reference/${file}`, apiPage({ title, words, exported: apis[index], places })];
    }),
  );
}

function placesOf({ file }, exported) {
  return anchorsOf(exported).map(([name, anchor]) => [name, `${file}${anchor}`]);
}
