import { execFile, spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Whether a program of somebody else's is on this machine; says so on the output where it is not. */
export function isInstalled(what: string, command: string, ...args: string[]): boolean {
  const installed = spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  if (!installed) console.log(`skipped: ${what} is not installed here`);
  return installed;
}

export interface ClientSettings {
  /** How much faster than real time the local AWS runs: clients in Python pause as much less between two looks. */
  timeScale?: number;
  cwd?: string;
  env?: Readonly<Record<string, string>>;
}

/**
 * Runs a client against the local AWS, with credentials that are worth nothing and no way to anywhere else.
 *
 * @returns what it wrote to the standard output
 * @throws Error with all that it wrote, where it failed
 */
export function runClient(
  endpoint: string,
  command: string,
  args: string[],
  { timeScale = 1, cwd, env: more }: ClientSettings = {},
): Promise<string> {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_REGION: 'us-east-1',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1,localhost',
    PYTHONPATH: fileURLToPath(new URL('scaled-sleep', import.meta.url)),
    PYTHONDONTWRITEBYTECODE: '1',
    TIME_SCALE: String(timeScale),
    ...more,
  };
  return new Promise((resolve, reject) => {
    execFile(command, args, { env, cwd, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error)
        reject(new Error(`${command} ${args.join(' ')} failed: ${stderr}${stdout}`, { cause: error }));
      else resolve(stdout);
    });
  });
}
