import { expect, it } from 'vitest';
import type { Resource } from '../../world/apis/rest-api.ts';
import { matchResource, methodOf } from './resource-matching.ts';

function resources(...paths: string[]): Resource[] {
  return paths.map((entry) => {
    const [path = '', ...methods] = entry.split(' ');
    return {
      id: path,
      parentId: undefined,
      pathPart: '',
      path,
      methods: new Map((methods.length > 0 ? methods : ['ANY']).map((name) => [name, { httpMethod: name }])),
    };
  });
}

it.each<{
  name: string;
  paths: string[];
  path: string;
  method?: string;
  want: string | undefined;
  parameters?: object;
}>([
  { name: 'serves the root', paths: ['/'], path: '/', want: '/' },
  { name: 'does not serve below the root', paths: ['/'], path: '/hello', want: undefined },
  { name: 'serves a literal path', paths: ['/hello/world'], path: '/hello/world', want: '/hello/world' },
  { name: 'overlooks a slash at the end', paths: ['/hello'], path: '/hello/', want: '/hello' },
  { name: 'tells case apart', paths: ['/hello'], path: '/Hello', want: undefined },
  {
    name: 'reads a variable',
    paths: ['/pets/{id}'],
    path: '/pets/7',
    want: '/pets/{id}',
    parameters: { id: '7' },
  },
  {
    name: 'wants a variable to have a value',
    paths: ['/pets/{id}/toys'],
    path: '/pets//toys',
    want: undefined,
  },
  {
    name: 'reads all that is left, its slashes too',
    paths: ['/{proxy+}'],
    path: '/a/b%20c//d/',
    want: '/{proxy+}',
    parameters: { proxy: 'a/b%20c//d/' },
  },
  {
    name: 'reads all that is left of a path below',
    paths: ['/v1/{tenant}/{rest+}'],
    path: '/v1/acme/x/y',
    want: '/v1/{tenant}/{rest+}',
    parameters: { tenant: 'acme', rest: 'x/y' },
  },
  { name: 'wants something to be left', paths: ['/{proxy+}'], path: '/', want: undefined },
  {
    name: 'prefers text to a variable',
    paths: ['/{proxy+}', '/pets/{id}', '/pets/mine'],
    path: '/pets/mine',
    want: '/pets/mine',
  },
  {
    name: 'prefers a variable to a greedy one',
    paths: ['/{proxy+}', '/pets/{id}'],
    path: '/pets/7',
    want: '/pets/{id}',
  },
  {
    name: 'prefers text early in the path',
    paths: ['/{any}/toys', '/pets/{proxy+}'],
    path: '/pets/toys',
    want: '/pets/{proxy+}',
  },
  {
    name: 'passes over a resource without the method',
    paths: ['/hello GET', '/{proxy+}'],
    path: '/hello',
    method: 'POST',
    want: '/{proxy+}',
  },
  {
    name: 'serves no method that nobody has',
    paths: ['/hello GET'],
    path: '/hello',
    method: 'POST',
    want: undefined,
  },
])('$name', ({ paths, path, method = 'GET', want, parameters }) => {
  const match = matchResource(resources(...paths), path, method);
  expect(match?.resource.path).toBe(want);
  if (parameters) expect(match?.pathParameters).toEqual(parameters);
});

it('prefers the method to any', () => {
  const [resource] = resources('/hello GET ANY');
  expect(resource && methodOf(resource, 'GET')).toEqual({ httpMethod: 'GET' });
  expect(resource && methodOf(resource, 'PUT')).toEqual({ httpMethod: 'ANY' });
});
