// Compiles every layer to dist/ and bundles the functions to dist/lambda/<name>/index.mjs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, must, root } from './run.mjs';

must(process.execPath, [bin('typescript/bin/tsc'), '-b', 'src/cli', 'src/cdk', 'src/lambda']);
must(process.execPath, ['scripts/bundle.mjs']);
writeFileSync(join(root, 'dist/.built'), '');
