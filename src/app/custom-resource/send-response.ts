import { AlbridgeError } from '../../engine/errors.ts';
import type { CustomResourceResponse } from './response.ts';
import { responseUrl } from './response-url.ts';
import type { Wait } from './wait.ts';

export interface SendOptions {
  /** Where this environment has its own endpoint instead of AWS's. */
  endpoint: string | undefined;
  wait: Wait;
}

/** With the waits between them, all attempts together take less than `addresses` keeps for its answer. */
const attempts = 3;
const attemptLimit = 2_500;

/** Puts the answer where CloudFormation waits for it, again and again where that fails for reasons that may pass. */
export async function sendResponse(
  url: string,
  response: CustomResourceResponse,
  { endpoint, wait }: SendOptions,
): Promise<void> {
  const target = responseUrl(url, endpoint);
  const body = JSON.stringify(response);
  let result = '';
  for (let attempt = 1; attempt <= attempts; attempt++) {
    result = await put(target, body);
    if (result === 'sent') return;
    if (/^http 4/.test(result)) break;
    if (attempt < attempts) await wait(250 * 2 ** (attempt - 1));
  }
  throw new AlbridgeError('write-failed', `cloudformation did not take the answer: ${result}`);
}

/** What came of one try. Nothing of an error but its code is kept: its text might hold the URL, which is a credential. */
async function put(url: URL, body: string): Promise<string> {
  try {
    const answer = await fetch(url, {
      method: 'PUT',
      body,
      // CloudFormation signs the URL for an empty type.
      headers: { 'content-type': '' },
      redirect: 'error',
      signal: AbortSignal.timeout(attemptLimit),
    });
    await answer.arrayBuffer();
    return answer.ok ? 'sent' : `http ${answer.status}`;
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name ?? 'unknown error';
}
