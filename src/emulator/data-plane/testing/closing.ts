import { afterEach } from 'vitest';

/** Things a test opened, closed after it, the last first. */
export function closingAfterEach(): (close: () => unknown) => void {
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  return (close) => closers.push(close);
}
