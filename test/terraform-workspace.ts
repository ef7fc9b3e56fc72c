import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { runClient } from './foreign-client.ts';

/** A copy of the configuration in `test/terraform`, where Terraform may write its state. */
export interface TerraformWorkspace {
  /** Runs a command of Terraform's and gives its output; rejects where it exits with anything but 0. */
  terraform(...args: string[]): Promise<string>;
  close(): void;
}

/** @param plugins folder with providers unpacked below `registry.terraform.io/` */
export function openTerraformWorkspace(endpoint: string, plugins: string): TerraformWorkspace {
  const cwd = mkdtempSync(join(tmpdir(), 'albridge-terraform-'));
  cpSync(new URL('terraform', import.meta.url), cwd, { recursive: true });
  const code = join(cwd, 'code.zip');
  writeFileSync(code, zipSync({ 'index.mjs': strToU8('export const handler = async () => ({});') }));
  const cliConfig = join(cwd, 'cli.tfrc');
  const mirror = `path = ${JSON.stringify(plugins)}\n    include = ["registry.terraform.io/*/*"]`;
  writeFileSync(cliConfig, `provider_installation {\n  filesystem_mirror {\n    ${mirror}\n  }\n}\n`);
  const env = {
    TF_CLI_CONFIG_FILE: cliConfig,
    TF_IN_AUTOMATION: 'true',
    TF_INPUT: 'false',
    TF_VAR_code: code,
    CHECKPOINT_DISABLE: '1',
  };
  return {
    terraform: (command, ...args) =>
      runClient(endpoint, 'terraform', [command ?? '', '-no-color', ...args], { cwd, env }),
    close: () => rmSync(cwd, { recursive: true, force: true }),
  };
}
