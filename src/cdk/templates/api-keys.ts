import {
  CfnCondition,
  CfnParameter,
  type CfnResource,
  CfnRule,
  Fn,
  type ICfnRuleConditionExpression,
  type Stack,
} from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { ApiGatewayAlbBridge } from '../bridge/api-gateway-alb-bridge.ts';
import { type OptionalNumber, optionalNumber } from './number-parameter.ts';
import { onlyIf, where } from './only-if.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { type Switch, switchParameter } from './switch-parameter.ts';

/** A usage plan and its API key, as parameters. */
export class ApiKeys {
  readonly parameters: ParameterGroup['parameters'];

  /** The setting by which a bridge has all that any choice needs. */
  readonly usagePlan: apigateway.UsagePlanProps = {};

  readonly #burst: OptionalNumber;
  readonly #isThrottled: CfnCondition;
  readonly #keys: Switch;
  readonly #period: CfnParameter;
  readonly #quota: OptionalNumber;
  readonly #rate: OptionalNumber;

  constructor(stack: Stack) {
    this.#keys = switchParameter(stack, 'ApiKeyRequired', {
      description: 'Whether requests need an API key, which the stack then makes, with a usage plan',
      isOn: false,
    });
    this.#rate = optionalNumber(stack, 'RateLimit', {
      description: 'Requests a second that the usage plan allows; 0 for no limit of its own',
    });
    this.#burst = optionalNumber(stack, 'BurstLimit', {
      description: 'Requests that may come at once above the rate; 0 for no limit of its own',
    });
    this.#quota = optionalNumber(stack, 'QuotaLimit', {
      description: 'Requests that the usage plan allows in a period; 0 for no limit',
    });
    this.#period = new CfnParameter(stack, 'QuotaPeriod', {
      allowedValues: ['DAY', 'WEEK', 'MONTH'],
      default: 'DAY',
      description: 'The period of the quota',
      type: 'String',
    });
    this.#isThrottled = new CfnCondition(stack, 'IsThrottled', {
      expression: Fn.conditionOr(this.#rate.isGiven, this.#burst.isGiven),
    });
    limitsNeedKeys(stack, this.#keys, [this.#rate, this.#burst, this.#quota]);
    this.parameters = [
      [this.#keys.parameter, 'API key'],
      [this.#rate.parameter, 'Rate'],
      [this.#burst.parameter, 'Burst'],
      [this.#quota.parameter, 'Quota'],
      [this.#period, 'Period of the quota'],
    ];
  }

  get areRequired(): CfnCondition {
    return this.#keys.isOn;
  }

  /** Has a bridge with that usage plan do what the parameters say. */
  apply({ node, restApi }: ApiGatewayAlbBridge): void {
    const api = node.findChild('Api').node;
    onlyIf(this.#keys.isOn, api.findChild('ApiKey'), api.findChild('UsagePlan'));
    for (const key of api.findChild('UsagePlan').node.findAll()) {
      if (key instanceof apigateway.CfnUsagePlanKey) key.overrideLogicalId('ApiUsagePlanKey');
    }
    const plan = api.findChild('UsagePlan').node.defaultChild as CfnResource;
    const throttle = {
      BurstLimit: where(this.#burst.isGiven, this.#burst.parameter.valueAsNumber),
      RateLimit: where(this.#rate.isGiven, this.#rate.parameter.valueAsNumber),
    };
    plan.addPropertyOverride('Throttle', where(this.#isThrottled, throttle));
    const quota = { Limit: this.#quota.parameter.valueAsNumber, Period: this.#period.valueAsString };
    plan.addPropertyOverride('Quota', where(this.#quota.isGiven, quota));
    for (const { node: method } of (restApi as apigateway.RestApi).methods) {
      (method.defaultChild as CfnResource).addPropertyOverride(
        'ApiKeyRequired',
        this.#keys.parameter.valueAsString,
      );
    }
  }
}

function limitsNeedKeys(stack: Stack, keys: Switch, limits: readonly OptionalNumber[]): void {
  const none = limits.map(({ parameter }) => Fn.conditionEquals(parameter.valueAsString, 0));
  new CfnRule(stack, 'LimitsOfApiKeys', {
    assertions: [
      {
        assert: Fn.conditionOr(
          Fn.conditionEquals(keys.parameter.valueAsString, 'true'),
          Fn.conditionAnd(...none),
        ) as ICfnRuleConditionExpression,
        assertDescription:
          'RateLimit, BurstLimit and QuotaLimit are those of an API key: set ApiKeyRequired to true',
      },
    ],
  });
}
