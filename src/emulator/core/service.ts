import type { Session } from '../world/identity/session.ts';
import type { Cell } from './cell.ts';

export type Protocol =
  | 'query'
  | 'ec2-query'
  | 'json-1.0'
  | 'json-1.1'
  | 'rest-json'
  | 'rest-xml'
  | 'rpc-v2-cbor';

/** How a service speaks: what the codecs need besides the SDK's schemas. */
export interface ServiceModel {
  /** The name that credentials are scoped to, and the service is known by here: `ec2`, `elasticloadbalancing`. */
  signingName: string;
  /** What its paths start with, where services share a signing name; the one without takes what is left. */
  pathPrefix?: string;
  protocol: Protocol;
  /** Others that it speaks as well, as clients of different ages do; the request tells which one it is in. */
  alsoSpeaks?: readonly Protocol[];
  /** API version, as query protocols send it. */
  version: string;
  /** XML namespace of answers; `{version}` stands for the version. */
  xmlNamespace?: string;
  /** The package of the SDK's client: its `<Operation>$` exports are AWS's own model of the wire. */
  client: `@aws-sdk/client-${string}`;
}

/** Who asks, and in which account and region: what every operation is called with. */
export interface Call {
  cell: Cell;
  /** ARN of the caller. */
  caller: string;
  /** The role's session that the call is made with; none for an account's root. */
  session?: Session | undefined;
  requestId: string;
}

/**
 * The handlers of a service, typed by the SDK's own client: an operation takes its input as AWS models it and gives
 * the output, or throws an `AwsError`. What is left out answers "not implemented".
 */
export type Operations<Client> = {
  [Method in keyof Client & string as Capitalize<Method>]?: Client[Method] extends (
    input: infer Input,
    options: infer _Options,
    callback: (error: unknown, output?: infer Output) => void,
  ) => void
    ? (input: Input, call: Call) => Answer<Output> | Promise<Answer<Output>>
    : never;
};

type Answer<Output> = Omit<Output, '$metadata'>;

export interface Service<Handlers extends object = object> {
  model: ServiceModel;
  operations: Handlers;
}
