/**
 * `Fn::Sub` in place of a `Fn::Join` without a delimiter, where all that it joins is text and references.
 *
 * CDK joins wherever a string has a token in it; people read `https://${Api}/` more easily.
 */
export function joinAsSub(argument: unknown): { name: string; argument: string } | undefined {
  const [delimiter, parts] = Array.isArray(argument) ? argument : [];
  if (delimiter !== '' || !Array.isArray(parts)) return undefined;
  const texts = parts.map(asSub);
  return texts.includes(undefined) ? undefined : { name: 'Fn::Sub', argument: texts.join('') };
}

function asSub(part: unknown): string | undefined {
  if (typeof part === 'string') return part.replaceAll('${', '${!');
  const { Ref: reference, 'Fn::GetAtt': attribute } = part as Record<string, unknown>;
  if (typeof reference === 'string') return `\${${reference}}`;
  return Array.isArray(attribute) ? `\${${attribute.join('.')}}` : undefined;
}
