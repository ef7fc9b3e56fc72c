/** What an error of an AWS call means for its caller, whatever the service calls it. */
export type AwsErrorKind =
  | 'access-denied'
  | 'busy'
  | 'conflict'
  | 'duplicate'
  | 'full'
  | 'invalid'
  | 'not-found'
  | 'over-registered'
  | 'throttled'
  | 'timeout'
  | 'unavailable'
  | 'unreachable'
  | 'zone-mismatch'
  | 'other';

const kindsByName: Readonly<Record<string, AwsErrorKind>> = {
  AccessDenied: 'access-denied',
  AuthFailure: 'access-denied',
  ExpiredToken: 'access-denied',
  InvalidClientTokenId: 'access-denied',
  OperationNotPermitted: 'access-denied',
  UnauthorizedOperation: 'access-denied',
  UnrecognizedClient: 'access-denied',
  CredentialsProviderError: 'access-denied',
  ConcurrentMutationLimitExceeded: 'busy',
  IncorrectState: 'busy',
  InvalidPrefixListModification: 'conflict',
  PrefixListVersionMismatch: 'conflict',
  'InvalidPermission.Duplicate': 'duplicate',
  PrefixListMaxEntriesExceeded: 'full',
  RulesPerSecurityGroupLimitExceeded: 'full',
  TooManyTargets: 'full',
  'InvalidGroup.NotFound': 'not-found',
  'InvalidGroupId.Malformed': 'invalid',
  'InvalidPermission.NotFound': 'not-found',
  'InvalidPrefixListID.NotFound': 'not-found',
  'InvalidSecurityGroupId.NotFound': 'not-found',
  'InvalidSecurityGroupRuleId.NotFound': 'not-found',
  'InvalidVpcEndpointId.NotFound': 'not-found',
  'InvalidVpcID.NotFound': 'not-found',
  LoadBalancerNotFound: 'not-found',
  TargetGroupNotFound: 'not-found',
  TooManyRegistrationsForTargetId: 'over-registered',
  InvalidTarget: 'invalid',
  ValidationError: 'invalid',
  PriorRequestNotComplete: 'throttled',
  RequestLimitExceeded: 'throttled',
  SlowDown: 'throttled',
  Throttling: 'throttled',
  TooManyRequests: 'throttled',
  RequestTimeout: 'timeout',
  TimeoutError: 'timeout',
  HealthUnavailable: 'unavailable',
  InternalError: 'unavailable',
  InternalFailure: 'unavailable',
  ServiceUnavailable: 'unavailable',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
};

const advice: Partial<Record<AwsErrorKind, string>> = {
  'access-denied': 'allow this action in the role that albridge runs with',
  full: 'ask for a higher quota, or remove what is not needed',
  'over-registered':
    'the load balancer takes an address only so often, over all its target groups and ports: deregister it where it is not needed',
  throttled: 'other callers use up the same limit of this account and region; the next pass tries again',
  timeout:
    'check that this network has a route to the AWS API (a function in a VPC needs a NAT gateway or an endpoint)',
  unreachable: 'check the endpoint, and that this network has a route to the AWS API',
};

/** The one place where errors of AWS are told apart. */
export function classify(error: unknown): AwsErrorKind {
  for (const name of namesOf(error)) {
    const kind = kindsByName[name] ?? kindsByName[name.replace(/Exception$/, '')];
    if (kind === 'invalid' && isZoneMismatch(error)) return 'zone-mismatch';
    if (kind) return kind;
  }
  const status = statusOf(error);
  return status !== undefined && status >= 500 ? 'unavailable' : 'other';
}

/** What was attempted, what AWS said, and what to do. */
export function explain(action: string, error: unknown): string {
  const names = namesOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const help = advice[classify(error)];
  return `${action} failed: ${[names[0], text].filter(Boolean).join(': ')}${help === undefined ? '' : `; ${help}`}`;
}

/** FM11: "… is within the VPC, and cannot have its Availability Zone overridden to 'all'", and its counterpart. */
function isZoneMismatch(error: unknown): boolean {
  return error instanceof Error && /availability ?zone/i.test(error.message);
}

function namesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { name, Code, code } = error as { name?: unknown; Code?: unknown; code?: unknown };
  return [name, Code, code].filter(
    (candidate) => typeof candidate === 'string' && !['Error', 'AlbridgeError'].includes(candidate),
  ) as string[];
}

function statusOf(error: unknown): number | undefined {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata;
  return metadata?.httpStatusCode;
}
