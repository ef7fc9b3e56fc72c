import { expect, it } from 'vitest';
import { applyFilters } from './filters.ts';

const things = ['lb-a', 'lb-b', 'lb-*', 'lb?', 'lb\\', 'a.b', 'a+b', 'A.B'].map((name) => ({
  name,
  tags: new Map([['Name', name]]),
}));

it.each([
  { name: 'a plain value', values: ['lb-a'], want: ['lb-a'] },
  { name: 'one of several values', values: ['lb-a', 'a.b'], want: ['lb-a', 'a.b'] },
  { name: 'an asterisk for any characters', values: ['lb-*'], want: ['lb-a', 'lb-b', 'lb-*'] },
  { name: 'an asterisk for none', values: ['lb-a*'], want: ['lb-a'] },
  { name: 'a question mark for one character', values: ['lb-?'], want: ['lb-a', 'lb-b', 'lb-*'] },
  { name: 'an escaped asterisk for itself', values: ['lb-\\*'], want: ['lb-*'] },
  { name: 'an escaped question mark for itself', values: ['lb\\?'], want: ['lb?'] },
  { name: 'an escaped backslash for itself', values: ['lb\\\\'], want: ['lb\\'] },
  { name: 'a backslash at the end for itself', values: ['lb\\'], want: ['lb\\'] },
  { name: 'what regular expressions are made of for itself', values: ['a.b', 'a+b'], want: ['a.b', 'a+b'] },
  { name: 'upper and lower case as they are', values: ['A.*'], want: ['A.B'] },
  { name: 'no values: nothing', values: [], want: [] },
])('a filter takes $name', ({ values, want }) => {
  const found = (Name: string) =>
    applyFilters(things, [{ Name, Values: values }], { name: ({ name }) => [name] });
  expect(found('name').map(({ name }) => name)).toEqual(want);
  expect(found('tag:Name').map(({ name }) => name)).toEqual(want);
});

it.each([
  { name: 'an unknown filter', filter: { Name: 'colour', Values: ['x'] }, code: 'InvalidParameterValue' },
  {
    name: 'more than 200 values',
    filter: { Name: 'name', Values: Array.from({ length: 201 }, String) },
    code: 'FilterLimitExceeded',
  },
])('$name is refused', ({ filter, code }) => {
  expect(() => applyFilters(things, [filter], { name: ({ name }) => [name] })).toThrow(
    expect.objectContaining({ code }),
  );
});
