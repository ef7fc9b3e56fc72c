import { AwsError } from '../../core/aws-error.ts';

/**
 * Reads a filter pattern for unstructured logs: all terms must occur, of those with `?` one, none of those with `-`;
 * a term in quotation marks may hold spaces. Case counts.
 *
 * @throws AwsError `InvalidParameterException` for patterns of JSON or of fields
 */
export function parseFilterPattern(pattern: string): (message: string) => boolean {
  if (/^\s*[{[%]/.test(pattern)) {
    throw new AwsError(
      'InvalidParameterException',
      `Invalid filter pattern: ${pattern} is not known to this local AWS, which looks for terms`,
    );
  }
  const terms = [...pattern.matchAll(/([?-]?)(?:"([^"]*)"|(\S+))/g)].map(
    ([, mark = '', quoted, plain = '']) => ({
      mark,
      text: quoted ?? plain,
    }),
  );
  const of = (mark: string) => terms.filter((term) => term.mark === mark).map(({ text }) => text);
  const [all, any, none] = [of(''), of('?'), of('-')];
  return (message) =>
    all.every((text) => message.includes(text)) &&
    (any.length === 0 || any.some((text) => message.includes(text))) &&
    !none.some((text) => message.includes(text));
}
