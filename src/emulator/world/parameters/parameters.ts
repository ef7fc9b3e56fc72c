import { latest, type StoredParameter } from './parameter.ts';
import { publicParameterValue } from './public-parameters.ts';

/** Systems Manager's parameters. */
export class Parameters {
  /** By name. */
  readonly all: Map<string, StoredParameter> = new Map();

  /** The value of a parameter in force, or of a version: `name` or `name:version`. */
  valueOf(reference: string): string | undefined {
    const [name = '', version] = reference.split(':');
    const parameter = this.all.get(name);
    if (!parameter) return version === undefined ? publicParameterValue(name) : undefined;
    const found =
      version === undefined
        ? latest(parameter)
        : parameter.versions.find((one) => String(one.version) === version);
    return found?.value;
  }
}
