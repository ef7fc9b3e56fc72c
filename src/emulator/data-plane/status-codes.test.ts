import { expect, it } from 'vitest';
import { includesStatus } from './status-codes.ts';

it.each([
  { matcher: '200', status: 200, want: true },
  { matcher: '200', status: 201, want: false },
  { matcher: '200,202', status: 202, want: true },
  { matcher: '200-399', status: 302, want: true },
  { matcher: '200-399', status: 404, want: false },
  { matcher: '200-299, 404', status: 404, want: true },
])('says whether $matcher has $status', ({ matcher, status, want }) => {
  expect(includesStatus(matcher, status)).toBe(want);
});
