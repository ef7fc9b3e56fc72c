#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { localCommand } from './local/command.ts';
import { UsageError } from './usage-error.ts';

// The SDK's notice that its future versions will want a newer Node is for whoever pins its version: this package.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('albridge')
  .description('Keeps AWS load-balancer targets and allow-lists pointed at addresses that move')
  .version(version)
  .showHelpAfterError()
  .addCommand(localCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`albridge: ${error.message}`);
  process.exitCode = 1;
}
