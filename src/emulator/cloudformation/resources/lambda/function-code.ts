import { strToU8, zipSync } from 'fflate';
import { readText } from '../../properties.ts';
import { ResourceFailure } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';

/** A date that zip can hold, the same every time: equal sources make equal packages. */
const packedAt = new Date(Date.UTC(1980, 0, 2));

/** The code of a function as Lambda's calls take it: a source written in the template is put in a package. */
export function functionCode(properties: Properties): Properties {
  const { Code: code } = properties;
  if (!isRecord(code)) throw new ResourceFailure('Value of property Code must be of type Object');
  const source = readText(code, 'ZipFile');
  if (source === undefined) return code;
  const ZipFile = zipSync({ 'index.js': strToU8(source) }, { mtime: packedAt });
  return { ...code, ZipFile };
}
