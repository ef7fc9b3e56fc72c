import { paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import { AlbridgeError } from '../engine/errors.ts';
import { clientSettings } from './clients.ts';
import { explain } from './errors.ts';
import { collect } from './pagination.ts';

/** A value of Systems Manager's Parameter Store. */
export interface StoredParameter {
  /** In full: `/albridge/orders/db`. */
  name: string;
  value: string;
}

/** A client of the Parameter Store, with the same time-outs as the others (FM19). */
export function createParameterClient(): SSMClient {
  return new SSMClient(clientSettings(undefined));
}

/**
 * The parameters under a path, however deep, of all pages, sorted by name.
 *
 * @throws AlbridgeError `parameters-unread`: a part of them is as bad as none
 */
export async function parametersUnder(client: SSMClient, path: string): Promise<StoredParameter[]> {
  const pages = paginateGetParametersByPath({ client }, { Path: path, Recursive: true });
  try {
    const parameters = await collect(pages, (page) => page.Parameters);
    return parameters
      .map(({ Name = '', Value = '' }) => ({ name: Name, value: Value }))
      .sort((first, second) => (first.name < second.name ? -1 : 1));
  } catch (error) {
    const message = explain(`ssm:GetParametersByPath of '${path}'`, error);
    throw new AlbridgeError('parameters-unread', message, { cause: error });
  }
}
