import type {
  Action,
  FixedResponseActionConfig,
  RedirectActionConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';

const contentTypes = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'];

/**
 * Actions that the load balancer answers itself, with what AWS fills in.
 *
 * @throws AwsError `ValidationError`, `InvalidLoadBalancerAction`
 */
export function checkOwnAction(action: Action): Action {
  if (action.Type === 'fixed-response') {
    return { ...action, FixedResponseConfig: checkFixedResponse(action.FixedResponseConfig) };
  }
  if (action.Type === 'redirect') return { ...action, RedirectConfig: checkRedirect(action.RedirectConfig) };
  return action;
}

function checkFixedResponse(config: FixedResponseActionConfig | undefined): FixedResponseActionConfig {
  const { StatusCode: status = '', ContentType: type, MessageBody: body = '' } = config ?? {};
  if (!/^[245]\d\d$/.test(status)) {
    throw new AwsError(
      'ValidationError',
      `The status code '${status}' of a fixed response must be 2XX, 4XX or 5XX`,
    );
  }
  if (type !== undefined && !contentTypes.includes(type)) {
    throw new AwsError(
      'ValidationError',
      `The content type '${type}' must be one of '${contentTypes.join(', ')}'`,
    );
  }
  if (body.length > 1024) {
    throw new AwsError(
      'ValidationError',
      `The message body has ${body.length} characters, and can have at most '1024'`,
    );
  }
  return { ...config, StatusCode: status };
}

const unchanged = {
  Protocol: '#{protocol}',
  Host: '#{host}',
  Port: '#{port}',
  Path: '/#{path}',
  Query: '#{query}',
};

function checkRedirect(config: RedirectActionConfig | undefined): RedirectActionConfig {
  const status = config?.StatusCode;
  if (status !== 'HTTP_301' && status !== 'HTTP_302') {
    throw new AwsError(
      'ValidationError',
      `The redirect status code '${status}' must be one of 'HTTP_301, HTTP_302'`,
    );
  }
  const redirect = { ...unchanged, ...config, StatusCode: status };
  const { Protocol: protocol = '', Path: path = '' } = redirect;
  if (!/^(HTTPS?|#\{protocol\})$/.test(protocol)) {
    throw new AwsError(
      'ValidationError',
      `The redirect protocol '${protocol}' must be HTTP, HTTPS or #{protocol}`,
    );
  }
  if (!path.startsWith('/')) {
    throw new AwsError('ValidationError', `The redirect path '${path}' must start with '/'`);
  }
  // Another query alone does not end a loop.
  const kept = (['Protocol', 'Host', 'Port', 'Path'] as const).every(
    (part) => redirect[part] === unchanged[part],
  );
  if (kept) {
    throw new AwsError(
      'InvalidLoadBalancerAction',
      'The redirect configuration is not valid because it creates a loop.',
    );
  }
  return redirect;
}
