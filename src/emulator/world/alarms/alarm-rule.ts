import type { StateValue } from '@aws-sdk/client-cloudwatch';

/** The rule of a composite alarm: states of other alarms, joined by AND, OR and NOT. */
export type AlarmRule =
  | { kind: 'state'; state: StateValue; alarm: string }
  | { kind: 'constant'; value: boolean }
  | { kind: 'not'; rule: AlarmRule }
  | { kind: 'and' | 'or'; rules: AlarmRule[] };

/** Whether a rule holds, by the names or ARNs of alarms and their states. */
export function holds(rule: AlarmRule, stateOf: (alarm: string) => StateValue | undefined): boolean {
  switch (rule.kind) {
    case 'state':
      return stateOf(rule.alarm) === rule.state;
    case 'constant':
      return rule.value;
    case 'not':
      return !holds(rule.rule, stateOf);
    case 'and':
      return rule.rules.every((part) => holds(part, stateOf));
    case 'or':
      return rule.rules.some((part) => holds(part, stateOf));
  }
}

/** The alarms that a rule names. */
export function alarmsIn(rule: AlarmRule): string[] {
  if (rule.kind === 'state') return [rule.alarm];
  if (rule.kind === 'constant') return [];
  return rule.kind === 'not' ? alarmsIn(rule.rule) : rule.rules.flatMap(alarmsIn);
}

/**
 * Reads a rule such as `ALARM("a") AND NOT (OK(b) OR INSUFFICIENT_DATA("c"))`: NOT binds first, then AND, then OR.
 *
 * @throws SyntaxError saying where it is none
 */
export function parseAlarmRule(text: string): AlarmRule {
  const tokens = text.match(token) ?? [];
  if (tokens.join('').replaceAll(/\s/g, '') !== text.replaceAll(/\s/g, '')) {
    throw new SyntaxError(`what cannot be read in ${text}`);
  }
  const reader = new RuleReader(tokens);
  const rule = reader.either();
  if (reader.next !== undefined) throw new SyntaxError(`unexpected ${reader.next}`);
  return rule;
}

/** A state with the alarm it is of, a word, or a bracket. */
const token =
  /(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"[^"]*"|[^)\s"]+)\s*\)|AND\b|OR\b|NOT\b|TRUE\b|FALSE\b|[()]/gi;

const ofState = /^(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^"]*?)"?\s*\)$/i;

class RuleReader {
  readonly #tokens: string[];

  constructor(tokens: readonly string[]) {
    this.#tokens = [...tokens];
  }

  get next(): string | undefined {
    return this.#tokens[0];
  }

  either(): AlarmRule {
    return this.#joined('or', () => this.#joined('and', () => this.#one()));
  }

  #joined(kind: 'and' | 'or', read: () => AlarmRule): AlarmRule {
    const rules = [read()];
    while (this.#take(kind)) rules.push(read());
    return rules.length === 1 ? (rules[0] as AlarmRule) : { kind, rules };
  }

  #one(): AlarmRule {
    if (this.#take('not')) return { kind: 'not', rule: this.#one() };
    if (this.#take('(')) {
      const rule = this.either();
      if (!this.#take(')')) throw new SyntaxError('a bracket is not closed');
      return rule;
    }
    if (this.#take('true')) return { kind: 'constant', value: true };
    if (this.#take('false')) return { kind: 'constant', value: false };
    const read = this.#tokens.shift();
    const [, state, alarm] = ofState.exec(read ?? '') ?? [];
    if (state === undefined || alarm === undefined) throw new SyntaxError(`unexpected ${read ?? 'end'}`);
    return { kind: 'state', state: state.toUpperCase() as StateValue, alarm };
  }

  #take(word: string): boolean {
    if (this.next?.toLowerCase() !== word) return false;
    this.#tokens.shift();
    return true;
  }
}
