import { afterAll, beforeAll } from 'vitest';
import { type Closing, closeAll } from '../src/cli/local/closing.ts';
import { type Emulator, scaledClock, startEmulator } from '../src/emulator/index.ts';
import { isInstalled } from './foreign-client.ts';
import { openTerraformWorkspace, type TerraformWorkspace } from './terraform-workspace.ts';

const plugins = process.env.ALBRIDGE_TERRAFORM_PLUGINS ?? '';

/** Whether Terraform and its provider are on this machine. */
export const canRun: boolean = plugins !== '' && isInstalled('Terraform', 'terraform', 'version');

/** The provider waits by its own clock: half a minute before it takes a queue for made. */
export const timeout = 300_000;

export const account = '000000000000';
export const otherAccount = '222222222222';

/** A local AWS for the tests of a file that use Terraform. */
export interface TerraformLocal {
  readonly local: Emulator;
  /** A folder of configuration that is at hand in `test/`. */
  open(folder: string, variables?: Record<string, string>): TerraformWorkspace;
  /** Runs with the world's time no faster than Terraform's: passes that nobody looks at would be many. */
  inRealTime<T>(work: () => Promise<T>): Promise<T>;
}

/** Starts it before the tests, and stops it after them; says why where they cannot run. */
export function terraformLocal(what: string): TerraformLocal {
  if (plugins === '') {
    console.log(`skipped: ${what}, as ALBRIDGE_TERRAFORM_PLUGINS names no folder of providers`);
  }
  const clock = scaledClock(20);
  const closing: Closing = [() => clock.close()];
  let local: Emulator | undefined;
  beforeAll(async () => {
    if (!canRun) return;
    const started = await startEmulator({
      port: 0,
      clock,
      seed: 1,
      dataPlane: { apiPort: 0, loopback: 'auto' },
    });
    closing.push(() => started.close());
    local = started;
  });
  afterAll(() => closeAll(closing));

  function running(): Emulator {
    if (!local) throw new Error('the local AWS runs within tests only');
    return local;
  }

  return {
    get local() {
      return running();
    },
    open(folder, variables = {}) {
      const workspace = openTerraformWorkspace(folder, { endpoint: running().endpoint, plugins, variables });
      closing.push(() => workspace.close());
      return workspace;
    },
    inRealTime(work) {
      const release = clock.hold?.();
      return work().finally(release);
    },
  };
}

/** The local AWS takes an access key id of twelve digits for the account's number. */
export function settingsOf({ local }: TerraformLocal, accountId: string) {
  const credentials = { accessKeyId: accountId, secretAccessKey: 'local' };
  return { endpoint: local.endpoint, region: 'us-east-1', credentials };
}
