import { Aws, Duration, Lazy, Names, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { type Every, everySeconds } from '../../config/every.ts';
import { passesOf } from '../../config/passes-of.ts';
import { bridgeFunction } from '../bridge-function.ts';
import { functionCode } from '../function-code.ts';
import { checkBinding } from './check-binding.ts';
import { Dispatch } from './dispatch.ts';
import { interfaceEvents, startingRule } from './starting-rule.ts';
import type { SyncBinding } from './sync-binding.ts';
import type { SyncFunctionOptions } from './sync-function-options.ts';
import { syncWidgets } from './sync-widgets.ts';

/** A standard parameter holds no more, and neither does the environment of a function. */
const mostBytes = 4096;

/**
 * The function that keeps target groups and allow-lists in step, with what starts it.
 *
 * One binding is in its environment; several are in parameters, one each, as the environment has no room for many.
 */
export class SyncFunction extends Construct implements ec2.IConnectable {
  /** The function in Lambda. */
  readonly function: lambda.Function;

  /** The schedule: it starts passes, or below a minute the function that does. */
  readonly rule: events.Rule;

  /** What lies between two passes. */
  readonly every: Every;

  readonly #bindings: SyncBinding[] = [];
  readonly #policy = new iam.PolicyDocument();
  readonly #reads = new iam.PolicyStatement({ resources: ['*'] });
  readonly #listeners: ((binding: SyncBinding) => void)[] = [];

  constructor(scope: Construct, id: string, props: SyncFunctionOptions = {}) {
    super(scope, id);
    this.every = everySeconds((props.every ?? Duration.minutes(1)).toMilliseconds() / 1000, {
      origin: 'every',
    });
    checkNetwork(props);
    const ticks = this.every.seconds < 60;
    const dispatch =
      ticks || props.events === true
        ? new Dispatch(this, 'Dispatch', {
            code: props.dispatchCode,
            every: ticks ? `${this.every.seconds}s` : undefined,
            logRetention: props.logRetention,
          })
        : undefined;
    this.function = bridgeFunction(this, {
      code: props.syncCode ?? functionCode('sync'),
      description: 'Keeps target groups and allow-lists equal to addresses that move',
      environment: {
        ALBRIDGE_CONFIG: Lazy.string({ produce: () => this.#environmentConfig() }),
        ALBRIDGE_CONFIG_PARAMETERS: Lazy.string({
          produce: () => (this.#bindings.length > 1 ? this.#path : undefined),
        }),
      },
      logRetention: props.logRetention,
      permissions: dispatch ? [dispatch.consumption()] : [],
      policy: this.#policy,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      roleName: props.roleName,
      securityGroups: props.securityGroups,
      // Shorter than a minute: a slow pass ends before the next of the schedule begins.
      timeout: Duration.seconds(50),
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
    });
    // A missed pass is made good by the next; retries would only add to a throttled account's calls.
    this.function.configureAsyncInvoke({ maxEventAge: Duration.minutes(1), retryAttempts: 0 });
    dispatch?.invoke(this.function);
    this.rule = startingRule(this, 'Schedule', {
      description: 'Starts a pass of albridge',
      schedule: events.Schedule.expression(this.every.rate),
      targets: [ticks && dispatch ? dispatch.function : this.function],
    });
    if (props.events === true) {
      startingRule(this, 'Events', {
        description: 'Starts a pass of albridge when a load balancer makes or deletes an interface',
        eventPattern: interfaceEvents,
        // Below a minute the ticks themselves look again.
        targets: dispatch && !ticks ? [this.function, dispatch.function] : [this.function],
      });
    }
    this.node.addValidation({ validate: () => this.#problems() });
  }

  /** The connections of the function in its VPC. */
  get connections(): ec2.Connections {
    return this.function.connections;
  }

  /** Allows to start a pass by hand. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.function.grantInvoke(grantee);
  }

  /** Invocations that failed: those in which a binding did, and those that could not start. */
  metricErrors(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.function.metricErrors({ period: this.period, ...props });
  }

  /** The least period of a metric that has a value for each pass. */
  get period(): Duration {
    return Duration.seconds(Math.max(this.every.seconds, 60));
  }

  /** Adds a binding, and what it needs to the function's role. Constructs call it for themselves. */
  addBinding(binding: SyncBinding): void {
    checkBinding(binding.config, `'${binding.scope.node.path}'`);
    this.#checkPlace(binding);
    this.#bindings.push(binding);
    this.#allow(binding);
    if (this.#bindings.length === 2) this.#allowParameters();
    if (this.#bindings.length > 1) {
      for (const { scope } of this.#bindings) {
        if (!scope.node.tryFindChild('Parameter')) this.#addParameter(scope);
      }
    }
    for (const listener of this.#listeners) listener(binding);
  }

  /** A dashboard with a row of graphs for each target group and allow-list, those that are added later included. */
  addDashboard(props: cloudwatch.DashboardProps = {}): cloudwatch.Dashboard {
    const dashboard = new cloudwatch.Dashboard(this, 'Dashboard', props);
    const addRows = ({ config }: SyncBinding): void => {
      for (const { name } of passesOf(config)) {
        dashboard.addWidgets(...syncWidgets({ passName: name, period: this.period }));
      }
    };
    this.#bindings.forEach(addRows);
    this.#listeners.push(addRows);
    return dashboard;
  }

  get #path(): string {
    return `/albridge/${Aws.STACK_NAME}/${pathName(this)}`;
  }

  #environmentConfig(): string | undefined {
    const [binding, ...others] = this.#bindings;
    if (!binding || others.length > 0) return undefined;
    return Stack.of(this).toJsonString({ bindings: [binding.config] });
  }

  #checkPlace(binding: SyncBinding): void {
    const { scope, config } = binding;
    if (Stack.of(scope) !== Stack.of(this)) {
      throw new Error(
        `a sync function keeps bindings of its own stack, '${Stack.of(this).node.path}', got '${scope.node.path}': leave syncFunction out, or make one in that stack`,
      );
    }
    const other = this.#bindings.find((held) => held.config.name === config.name);
    if (other) {
      throw new Error(
        `bindingName must be one that no other binding has, got '${config.name}', which is that of '${other.scope.node.path}' too`,
      );
    }
    const taken = this.#bindings.find((held) =>
      exclusive(held).some((part) => exclusive(binding).includes(part)),
    );
    if (taken) {
      throw new Error(
        `'${scope.node.path}' must have its target group and port to itself, got those of '${taken.scope.node.path}': join their sources by AddressSource.merged`,
      );
    }
    const { length } = JSON.stringify(config);
    if (length > mostBytes) {
      throw new Error(
        `the binding of '${scope.node.path}' must fit into a parameter of ${mostBytes} bytes, got ${length}: divide its source`,
      );
    }
  }

  #allow({ reads, roles, writes }: SyncBinding): void {
    if (reads.length > 0 && this.#reads.actions.length === 0) this.#policy.addStatements(this.#reads);
    this.#reads.addActions(...reads.filter((action) => !this.#reads.actions.includes(action)));
    this.#policy.addStatements(...writes);
    for (const { roleArn } of roles) {
      this.#policy.addStatements(
        new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: [roleArn] }),
      );
    }
  }

  #allowParameters(): void {
    const arn = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: this.#path.slice(1),
    });
    this.#policy.addStatements(
      new iam.PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: [arn] }),
    );
  }

  #addParameter(scope: Construct): void {
    const held = this.#bindings.find((binding) => binding.scope === scope);
    const parameter = new ssm.CfnParameter(scope, 'Parameter', {
      description: 'A binding of albridge',
      name: `${this.#path}/${pathName(scope)}`,
      type: 'String',
      value: Stack.of(this).toJsonString(held?.config),
    });
    // What is kept must be allowed before it is asked for …
    parameter.addResourceDependency(this.function.role?.node.defaultChild as iam.CfnRole);
    // … and be there before the function looks for it in place of its environment.
    (this.function.node.defaultChild as lambda.CfnFunction).addResourceDependency(parameter);
  }

  #problems(): string[] {
    if (this.#bindings.length > 0) return [];
    return ['it keeps nothing in step: give it as syncFunction to a TargetGroupSync or an AllowListSync'];
  }
}

/** The parts of target groups that a binding has to itself: two that sync the same would undo each other's work. */
function exclusive({ config }: SyncBinding): string[] {
  return passesOf(config).flatMap(({ sink, policy }) =>
    sink.type === 'target-group' && policy.mode === 'sync' ? [`${sink.arn}:${sink.port}`] : [],
  );
}

/** `Nlb/Listener/Db group` → `Nlb.Listener.Db-group`: a part of a parameter's name. */
function pathName(construct: Construct): string {
  const path = Names.stackRelativeConstructPath(construct);
  return path.replaceAll('/', '.').replaceAll(/[^A-Za-z0-9._-]/g, '-');
}

function checkNetwork({ vpc, vpcSubnets, securityGroups }: SyncFunctionOptions): void {
  if (!vpc && (vpcSubnets || securityGroups)) {
    throw new Error('vpcSubnets and securityGroups are those of a function in a VPC, got none: give vpc too');
  }
}
