import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** The functions that this package ships, bundled to `dist/lambda/<name>`. */
export type FunctionName = 'addresses' | 'dispatch' | 'sync';

/** The shipped code of a function, uploaded as a CDK asset. */
export function functionCode(name: FunctionName): lambda.Code {
  // Two levels up is the package's root, from src/cdk and from dist/cdk alike.
  const directory = fileURLToPath(new URL(`../../dist/lambda/${name}`, import.meta.url));
  if (!existsSync(`${directory}/index.mjs`)) {
    throw new Error(`no code of the function '${name}' in ${directory}: build the package (npm run build)`);
  }
  return lambda.Code.fromAsset(directory);
}
