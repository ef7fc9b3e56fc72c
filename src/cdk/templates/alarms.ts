import { CfnCondition, CfnResource, CfnRule, Fn, type Stack } from 'aws-cdk-lib';
import type { AddressSync } from '../sync/address-sync.ts';
import { addSyncAlarms } from '../sync/sync-alarms.ts';
import { onlyIf, where } from './only-if.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { patterns } from './patterns.ts';
import type { Schedule } from './schedule.ts';
import { type Switch, switchParameter } from './switch-parameter.ts';
import { isNotEmpty, type OptionalText, optionalText } from './text-parameter.ts';

/** Alarms, and who is told of them, as parameters. */
export class Alarms {
  readonly group: ParameterGroup;
  readonly #alarms: Switch;
  readonly #stack: Stack;
  readonly #topic: OptionalText;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.#alarms = switchParameter(stack, 'Alarms', {
      description: 'Whether there are alarms for what is worth waking somebody for',
      isOn: false,
    });
    this.#topic = optionalText(stack, 'AlarmTopicArn', {
      description: 'SNS topic that is told when an alarm rings, and when it is over',
      expected: 'the ARN of an SNS topic',
      pattern: patterns.topicArn,
    });
    new CfnRule(stack, 'TopicOfAlarms', {
      ruleCondition: isNotEmpty(this.#topic.parameter),
      assertions: [
        {
          assert: Fn.conditionEquals(this.#alarms.parameter.valueAsString, 'true'),
          assertDescription: 'AlarmTopicArn is told of alarms: set Alarms to true',
        },
      ],
    });
    this.group = {
      label: 'Alarms',
      parameters: [
        [this.#alarms.parameter, 'Alarms'],
        [this.#topic.parameter, 'Topic'],
      ],
    };
  }

  /** Adds the alarms of what is kept. A pass that only some stacks have has its alarms only there. */
  addTo(sync: AddressSync, schedule: Schedule, conditions: readonly CfnCondition[] = []): void {
    // Beside what is kept, not in it: what waits for that does not wait for alarms, which not all stacks have.
    const { hasHealth, passNames, syncFunction } = sync;
    const { functionErrors, ...alarms } = addSyncAlarms(
      { scope: this.#stack, hasHealth, passNames, syncFunction },
      {},
    );
    for (const ofPasses of Object.values(alarms)) {
      ofPasses.forEach((alarm, index) => {
        this.#complete(alarm.node.defaultChild, schedule, this.#wanted(conditions[index]));
      });
    }
    this.#complete(functionErrors.node.defaultChild, schedule, this.#alarms.isOn);
  }

  #wanted(condition: CfnCondition | undefined): CfnCondition {
    if (!condition) return this.#alarms.isOn;
    const id = `${condition.node.id}AndAlarms`;
    const known = this.#stack.node.tryFindChild(id) as CfnCondition | undefined;
    const expression = Fn.conditionAnd(this.#alarms.isOn, condition);
    return known ?? new CfnCondition(this.#stack, id, { expression });
  }

  #complete(alarm: unknown, schedule: Schedule, condition: CfnCondition): void {
    if (!(alarm instanceof CfnResource)) return;
    onlyIf(condition, alarm);
    alarm.addPropertyOverride('Period', schedule.period);
    const told = where(this.#topic.isGiven, [this.#topic.parameter.valueAsString]);
    alarm.addPropertyOverride('AlarmActions', told);
    alarm.addPropertyOverride('OKActions', told);
  }
}
