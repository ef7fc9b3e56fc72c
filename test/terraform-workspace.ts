import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runClient } from './foreign-client.ts';

export interface TerraformSettings {
  endpoint: string;
  /** Folder with providers unpacked below `registry.terraform.io/`. */
  plugins: string;
  /** Values of the configuration's variables. */
  variables: Readonly<Record<string, string>>;
}

/** A copy of a configuration, where Terraform may write its state. */
export interface TerraformWorkspace {
  folder: string;
  /** Runs a command of Terraform's and gives its output; rejects where it exits with anything but 0. */
  terraform(...args: string[]): Promise<string>;
  close(): void;
}

const repository = fileURLToPath(new URL('..', import.meta.url));

/** @param folder the configuration, in `test/`; the module of the repository is where it is from there */
export function openTerraformWorkspace(
  folder: string,
  { endpoint, plugins, variables }: TerraformSettings,
): TerraformWorkspace {
  const root = mkdtempSync(join(tmpdir(), 'albridge-terraform-'));
  for (const copied of ['terraform', `test/${folder}`]) {
    cpSync(join(repository, copied), join(root, copied), { recursive: true });
  }
  symlinkSync(join(repository, 'dist'), join(root, 'dist'), 'junction');
  const cliConfig = join(root, 'cli.tfrc');
  const mirror = `path = ${JSON.stringify(plugins)}\n    include = ["registry.terraform.io/*/*"]`;
  writeFileSync(cliConfig, `provider_installation {\n  filesystem_mirror {\n    ${mirror}\n  }\n}\n`);
  const env = {
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value])),
    TF_CLI_CONFIG_FILE: cliConfig,
    TF_IN_AUTOMATION: 'true',
    TF_INPUT: 'false',
    CHECKPOINT_DISABLE: '1',
  };
  const cwd = join(root, 'test', folder);
  return {
    folder: cwd,
    terraform: (command, ...args) =>
      runClient(endpoint, 'terraform', [command ?? '', '-no-color', ...args], { cwd, env }),
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}
