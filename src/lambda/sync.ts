import { surroundings } from '../app/surroundings.ts';
import { type SyncOptions, type SyncSummary, sync } from '../app/sync.ts';
import { toldOnce } from '../app/told-once.ts';
import { createParameterClient, parametersUnder } from '../aws/parameters.ts';

interface InvocationContext {
  /** `arn:aws:lambda:<region>:<account>:function:<name>`. */
  invokedFunctionArn: string;
}

/** Made by the first invocation, which tells whose account this is, and kept for the others. */
let options: SyncOptions | undefined;

/**
 * One pass of the bindings in `ALBRIDGE_CONFIG` or under `ALBRIDGE_CONFIG_PARAMETERS`, or of the one that an event
 * `{targetPort, albDescription, nlbTargetGroupArn}` describes. Fails, naming them, if any binding failed.
 */
export function handler(event: unknown, context?: InvocationContext): Promise<SyncSummary> {
  options ??= optionsOf(context);
  return sync(event, options);
}

function optionsOf(context: InvocationContext | undefined): SyncOptions {
  const parameters = createParameterClient();
  return {
    ...surroundings(context?.invokedFunctionArn.split(':')[4]),
    environment: process.env,
    toldOnce: toldOnce(),
    readParameters: (path) => parametersUnder(parameters, path),
  };
}
