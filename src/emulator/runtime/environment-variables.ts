import { type FunctionVersion, latest } from '../world/functions/function-version.ts';
import type { Session } from '../world/identity/session.ts';

export interface EnvironmentVariablesOptions {
  version: FunctionVersion;
  region: string;
  credentials: Session;
  logStream: string;
  taskRoot: string;
  /** `http://127.0.0.1:4566` */
  endpoint: string;
}

/** A function's environment: Lambda's variables and its own, and nothing of the machine's. */
export function environmentVariables(options: EnvironmentVariablesOptions): Record<string, string> {
  const { version, credentials } = options;
  return {
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin',
    TZ: ':UTC',
    ...version.settings.environment,
    ...containment(options),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: version.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.settings.memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: version.settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: options.logStream,
    LAMBDA_TASK_ROOT: options.taskRoot,
    _HANDLER: version.settings.handler,
  };
}

/** Lambda has none of these: they keep a function on the local AWS, and away from the user's own AWS settings. */
function containment({ endpoint, taskRoot }: EnvironmentVariablesOptions): Record<string, string> {
  const discard = 'http://127.0.0.1:9';
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    // The function's runtime has a Node of its own; that this machine's is older is no news for its log.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    HOME: taskRoot,
    HTTP_PROXY: discard,
    HTTPS_PROXY: discard,
    NO_PROXY: '127.0.0.1,localhost',
  };
}

/** `2026/01/01/[$LATEST]` and 32 digits: one stream for each environment. */
export function logStreamName(version: FunctionVersion, now: number, digits: string): string {
  const date = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${date}/[${version.version === latest ? latest : version.version}]${digits}`;
}
