import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Alarms } from './alarms.ts';
import { ApiKeys } from './api-keys.ts';
import { arrangeParameters, type ParameterGroup } from './parameter-groups.ts';
import { Schedule } from './schedule.ts';
import { yesOrNo } from './switch-parameter.ts';
import { TargetAddresses } from './target-addresses.ts';
import { Tls } from './tls.ts';

/** The parameters of a bridge, but for those of its network. */
export class BridgeParameters {
  readonly addresses: TargetAddresses;
  readonly targetPort: CfnParameter;
  readonly healthCheckPath: CfnParameter;
  readonly pathPatterns: CfnParameter;
  readonly stageName: CfnParameter;
  readonly apiKeys: ApiKeys;
  readonly tls: Tls;
  readonly schedule: Schedule;
  readonly earlyDrain: CfnParameter;
  readonly alarms: Alarms;

  readonly #stack: Stack;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.addresses = new TargetAddresses(stack);
    this.targetPort = new CfnParameter(stack, 'TargetPort', {
      default: 80,
      description: 'Port on which the targets receive traffic',
      maxValue: 65535,
      minValue: 1,
      type: 'Number',
    });
    this.healthCheckPath = new CfnParameter(stack, 'HealthCheckPath', {
      allowedPattern: '^/.{0,1023}$',
      constraintDescription: 'must start with a slash',
      default: '/',
      description: 'Path that the ALB asks each target for; a 200 is healthy',
    });
    this.pathPatterns = new CfnParameter(stack, 'PathPatterns', {
      default: '/*',
      description: 'Paths that the ALB forwards, one to five patterns; it answers 404 to all others',
      type: 'CommaDelimitedList',
    });
    this.stageName = new CfnParameter(stack, 'StageName', {
      allowedPattern: '^[A-Za-z0-9_-]{1,128}$',
      constraintDescription: 'must be letters, digits, hyphens and underscores, at most 128',
      default: 'prod',
      description: 'Stage that the API is deployed to, the first part of its paths',
    });
    this.apiKeys = new ApiKeys(stack);
    this.tls = new Tls(stack);
    this.schedule = new Schedule(stack);
    this.earlyDrain = yesOrNo(stack, 'EarlyDrain', {
      description: 'Whether a node of the ALB is left out once DNS no longer gives it, while it still serves',
      isOn: true,
    });
    this.alarms = new Alarms(stack);
  }

  /** Arranges them between those of the network and that of the logs. */
  arrange(network: ParameterGroup, logRetention: CfnParameter): void {
    const { schedule } = this;
    arrangeParameters(this.#stack, [
      network,
      {
        label: 'Targets',
        parameters: [
          [this.addresses.parameter, 'Addresses'],
          [this.targetPort, 'Port'],
          [this.healthCheckPath, 'Health check path'],
          [this.pathPatterns, 'Forwarded paths'],
        ],
      },
      { label: 'API', parameters: [[this.stageName, 'Stage'], ...this.apiKeys.parameters] },
      this.tls.group,
      { ...schedule.group, parameters: [...schedule.group.parameters, [this.earlyDrain, 'Early drain']] },
      this.alarms.group,
      { label: 'Logs', parameters: [[logRetention, 'Retention in days']] },
    ]);
  }
}
