import { execFile, spawnSync } from 'node:child_process';

/** Whether a program of somebody else's is on this machine; says so on the output where it is not. */
export function isInstalled(what: string, command: string, ...args: string[]): boolean {
  const installed = spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  if (!installed) console.log(`skipped: ${what} is not installed here`);
  return installed;
}

export interface Setting {
  /** Folder to run in. */
  cwd?: string;
  /** Further environment variables. */
  env?: Readonly<Record<string, string>>;
}

/** Runs a client against the local AWS, with credentials that are worth nothing and no way to anywhere else. */
export function runClient(
  endpoint: string,
  command: string,
  args: string[],
  setting: Setting = {},
): Promise<string> {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1,localhost',
    ...setting.env,
  };
  return new Promise((resolve, reject) => {
    execFile(command, args, { env, cwd: setting.cwd, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error)
        reject(new Error(`${command} ${args.join(' ')} failed: ${stdout}${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });
}
