import { getAttArguments, intrinsicCall, subArguments, subVariable } from './intrinsics.ts';
import { isRecord } from './template.ts';

/** What a value of a template refers to: a name by `Ref`, or an attribute of a resource. */
export interface Reference {
  name: string;
  by: 'Ref' | 'Fn::GetAtt';
}

/** Every reference in a value, in both branches of each `Fn::If`. */
export function referencesIn(value: unknown): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isRecord(value)) return [];
  const intrinsic = intrinsicCall(value);
  if (intrinsic?.name === 'Ref') return [{ name: String(intrinsic.argument), by: 'Ref' }];
  if (intrinsic?.name === 'Fn::GetAtt') {
    const [name, attribute] = getAttArguments(intrinsic.argument);
    return [{ name, by: 'Fn::GetAtt' }, ...referencesIn(attribute)];
  }
  if (intrinsic?.name === 'Fn::Sub') return referencesInSub(intrinsic.argument);
  return Object.values(value).flatMap(referencesIn);
}

function referencesInSub(argument: unknown): Reference[] {
  const [text, variables] = subArguments(argument);
  const names = [...text.matchAll(subVariable)].map(([, name = '']) => name.trim());
  const free = names.filter((name) => !Object.hasOwn(variables, name));
  return [
    ...free.map((name): Reference => {
      const [logicalId = '', attribute] = name.split('.');
      return { name: logicalId, by: attribute === undefined ? 'Ref' : 'Fn::GetAtt' };
    }),
    ...referencesIn(variables),
  ];
}

/** The names of the conditions that `Fn::If` asks for in a value. */
export function conditionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(conditionsIn);
  if (!isRecord(value)) return [];
  const intrinsic = intrinsicCall(value);
  const own =
    intrinsic?.name === 'Fn::If' && Array.isArray(intrinsic.argument) ? [String(intrinsic.argument[0])] : [];
  return [...own, ...Object.values(value).flatMap(conditionsIn)];
}
