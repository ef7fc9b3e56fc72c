import type { Stack } from 'aws-cdk-lib';
import { patterns } from './patterns.ts';
import { type OptionalText, optionalText } from './text-parameter.ts';

/** Who is asked for a DNS name, as a parameter. */
export function nameServers(stack: Stack): OptionalText {
  return optionalText(stack, 'NameServers', {
    description: 'Name servers to ask, each as 10.0.0.2 or 10.0.0.2:53; empty for those of the function',
    expected: 'IPv4 addresses, with or without a port, separated by commas without spaces',
    pattern: patterns.nameServers,
  });
}
