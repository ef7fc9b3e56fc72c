import { Aws, Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { BindingConfig, NamedSinkConfig, PolicyConfig, SinkConfig } from '../../config/config.ts';
import { passesOf } from '../../config/passes-of.ts';
import type { AddressSource } from './address-source.ts';
import { sharedFunction } from './shared-function.ts';
import { addSyncAlarms, type SyncAlarms, type SyncAlarmsOptions, stalledAlarm } from './sync-alarms.ts';
import type { SyncFunction } from './sync-function.ts';
import type { SyncFunctionOptions } from './sync-function-options.ts';
import { type Measured, syncMetric } from './sync-metric.ts';
import { type SinkKind, writeActions } from './sync-permissions.ts';
import { syncWidgets } from './sync-widgets.ts';

/** Options of whatever keeps addresses in step. */
export interface AddressSyncOptions extends SyncFunctionOptions {
  /**
   * Names the binding in logs and metrics: letters, digits, dots, hyphens and underscores.
   *
   * @default - the name of the stack and the construct's path in it, joined by dots
   */
  readonly bindingName?: string;

  /**
   * `sync`: exactly the source's addresses are kept; `upsert-only`: nothing is ever removed.
   *
   * @default 'sync'
   */
  readonly mode?: 'sync' | 'upsert-only';

  /**
   * Part of the desired targets that must be healthy before one that still serves is deregistered.
   *
   * @default 100
   */
  readonly minHealthyPercent?: number;

  /**
   * The most targets that one pass deregisters.
   *
   * @default - no limit
   */
  readonly maxRemovals?: number;

  /**
   * The function to be kept in step by. What is a setting of the function is then set there.
   *
   * @default - the one that the stack's constructs of the same settings share
   */
  readonly syncFunction?: SyncFunction;
}

/** What a pass of several is asked for by. */
export interface PassMetricOptions extends cloudwatch.MetricOptions {
  /**
   * Which of `passNames` is meant.
   *
   * @default - the only one
   */
  readonly passName?: string;
}

/** What is to be kept: one sink, or several by their names. */
export interface SyncSinks {
  readonly sinks: readonly NamedSinkConfig[];
  readonly reads: readonly string[];
  readonly writes: readonly iam.PolicyStatement[];
  readonly roles: readonly iam.IRole[];
}

/** Keeps something equal to the addresses of a source, with its metrics and alarms. */
export abstract class AddressSync extends Construct {
  /** The function that does it, which others may share. */
  readonly syncFunction: SyncFunction;

  /** Whether what is kept can be healthy or not. */
  abstract readonly hasHealth: boolean;

  /** What the metrics' dimension `Binding` says: one name, or one for each of several target groups. */
  readonly passNames: string[];

  readonly #bindingName: string;

  protected constructor(
    scope: Construct,
    id: string,
    { source, sinks, options }: { source: AddressSource; sinks: SyncSinks; options: AddressSyncOptions },
  ) {
    super(scope, id);
    const config = bindingOf(this, { source, sinks: sinks.sinks, options });
    this.#bindingName = config.name;
    this.passNames = passesOf(config).map(({ name }) => name);
    this.syncFunction = chosenFunction(this, options);
    this.syncFunction.addBinding({
      config,
      reads: [...source.reads, ...sinks.reads],
      roles: [...source.roles, ...sinks.roles],
      scope: this,
      writes: sinks.writes,
    });
  }

  /** The function in Lambda. */
  get function(): lambda.Function {
    return this.syncFunction.function;
  }

  /** The schedule: it starts passes, or below a minute the function that does. */
  get rule(): events.Rule {
    return this.syncFunction.rule;
  }

  /** Allows to start a pass by hand. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.syncFunction.grantInvoke(grantee);
  }

  /** A metric of the binding, over a period that is no shorter than what lies between two passes. */
  metric(metricName: string, { passName, ...props }: PassMetricOptions = {}): cloudwatch.Metric {
    return syncMetric(this.#measured(passName), metricName, props);
  }

  /** Addresses that the source names. */
  metricDesired(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('Desired', { statistic: cloudwatch.Stats.AVERAGE, ...props });
  }

  /** Addresses that are held after a pass. */
  metricRegistered(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('Registered', { statistic: cloudwatch.Stats.AVERAGE, ...props });
  }

  /** Those of the desired addresses that are in service. */
  metricHealthy(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('Healthy', { statistic: cloudwatch.Stats.AVERAGE, ...props });
  }

  /** Desired targets that get no traffic. */
  metricUnused(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('Unused', { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /** Addresses that passes have added. */
  metricAdded(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('Added', { statistic: cloudwatch.Stats.SUM, ...props });
  }

  /** Addresses that passes have removed. */
  metricRemoved(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('Removed', { statistic: cloudwatch.Stats.SUM, ...props });
  }

  /** Removals that a pass did not dare. */
  metricWithheld(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('Withheld', { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /** 1 for a pass whose source did not know its addresses. */
  metricSourceUnknown(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('SourceUnknown', { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /** 1 for a pass that failed. */
  metricFailed(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('Failed', { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /** How long a pass took, in milliseconds. */
  metricPassDuration(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('PassDuration', { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /** Time since the last pass that succeeded, as the running instance of the function has seen it. */
  metricSecondsSinceSuccess(props?: PassMetricOptions): cloudwatch.Metric {
    return this.metric('SecondsSinceSuccess', { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /** Messages that came too late to be of use, with `every` below a minute or `events`. */
  metricTicksDropped(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('TicksDropped', {
      statistic: cloudwatch.Stats.SUM,
      passName: this.#bindingName,
      ...props,
    });
  }

  /**
   * An alarm for when no pass has succeeded for as long as three should have taken.
   *
   * Its period follows `every`, so that it neither rings between two passes nor sleeps through them.
   */
  createStalledAlarm(
    scope: Construct,
    id: string,
    props?: Partial<cloudwatch.CreateAlarmOptions>,
  ): cloudwatch.Alarm {
    return stalledAlarm(scope, id, this.#measured(), props);
  }

  /** All alarms that are worth waking somebody for; see `SyncAlarms`. */
  addAlarms(options: SyncAlarmsOptions = {}): SyncAlarms {
    const { hasHealth, passNames, syncFunction } = this;
    return addSyncAlarms({ scope: this, hasHealth, passNames, syncFunction }, options);
  }

  /** Graphs for a dashboard of one's own: a row for each of several target groups. */
  widgets(): cloudwatch.IWidget[][] {
    return this.passNames.map((passName) => syncWidgets(this.#measured(passName)));
  }

  #measured(passName: string = this.#onlyPass()): Measured {
    return { passName, period: this.syncFunction.period };
  }

  #onlyPass(): string {
    const [only = '', ...others] = this.passNames;
    if (others.length === 0) return only;
    throw new Error(
      `'${this.node.path}' keeps several target groups: name the one that is meant by passName, one of ${this.passNames.join(', ')}`,
    );
  }
}

function bindingOf(
  construct: Construct,
  {
    source,
    sinks,
    options,
  }: { source: AddressSource; sinks: readonly NamedSinkConfig[]; options: AddressSyncOptions },
): BindingConfig {
  const { minHealthyPercent, maxRemovals, mode = 'sync' } = options;
  const policy: PolicyConfig = { mode, minHealthyPercent, maxRemovals };
  const name = options.bindingName ?? bindingNameOf(construct);
  const [first, ...others] = sinks;
  if (!first) throw new Error(`'${construct.node.path}' must keep something in step, got no target group`);
  if (others.length > 0) return { name, source: source.config, sinks, policy };
  const { name: _name, ...sink } = first;
  return { name, source: source.config, sink: sink as SinkConfig, policy };
}

/** The name of a binding that is given none. */
export function bindingNameOf(construct: Construct): string {
  const path = Names.stackRelativeConstructPath(construct);
  return `${Aws.STACK_NAME}.${path.replaceAll('/', '.').replaceAll(/[^A-Za-z0-9._-]/g, '-')}`;
}

const functionSettings = [
  'dispatchCode',
  'events',
  'every',
  'logRetention',
  'reservedConcurrentExecutions',
  'roleName',
  'securityGroups',
  'syncCode',
  'vpc',
  'vpcSubnets',
] as const;

function chosenFunction(scope: Construct, options: AddressSyncOptions): SyncFunction {
  if (!options.syncFunction) return sharedFunction(scope, options);
  const given = functionSettings.filter((setting) => options[setting] !== undefined);
  if (given.length === 0) return options.syncFunction;
  throw new Error(
    `${given.join(', ')} of '${scope.node.path}' are settings of a function, got syncFunction as well: set them there`,
  );
}

/** Statements for the role that writes: none where another role does. */
export function writesTo(
  resource: string,
  kind: SinkKind,
  role: iam.IRole | undefined,
): iam.PolicyStatement[] {
  return role ? [] : [new iam.PolicyStatement({ actions: writeActions[kind], resources: [resource] })];
}
