type Json = Record<string, unknown>;

const methods = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'trace'];
const anyMethod = 'x-amazon-apigateway-any-method';
const integrationKey = 'x-amazon-apigateway-integration';

/** Gives the integration of an operation; an HTTP method in capitals, or `ANY`. */
export type Integrate = (operation: { method: string; path: string; pathParameters: string[] }) => Json;

/** The document, in which each operation without an integration has got one. */
export function integrated(document: Json, integrate: Integrate): Json {
  if (!isJson(document.paths) || Object.keys(document.paths).length === 0) {
    throw new Error('openApi has no paths: give an OpenAPI 3 document, parsed, with at least one path');
  }
  if (!String(document.openapi).startsWith('3.')) {
    throw new Error(
      `openApi must be an OpenAPI 3 document, got the version '${document.openapi ?? document.swagger}'`,
    );
  }
  const paths = Object.entries(document.paths).map(([path, item]) => [path, pathItem(path, item, integrate)]);
  return { ...document, paths: Object.fromEntries(paths) };
}

/** Whether a scheme of the document asks for API keys. */
export function asksForApiKeys({ components }: Json): boolean {
  const schemes = isJson(components) && isJson(components.securitySchemes) ? components.securitySchemes : {};
  return Object.values(schemes).some((scheme) => isJson(scheme) && scheme.type === 'apiKey');
}

function pathItem(path: string, item: unknown, integrate: Integrate): unknown {
  if (!isJson(item)) return item;
  const entries = Object.entries(item).map(([key, operation]) => {
    const isOperation = methods.includes(key) || key === anyMethod;
    if (!isOperation || !isJson(operation) || integrationKey in operation) return [key, operation];
    return [key, withIntegration(operation, { path, item, key }, integrate)];
  });
  return Object.fromEntries(entries);
}

function withIntegration(
  operation: Json,
  { path, item, key }: { path: string; item: Json; key: string },
  integrate: Integrate,
): Json {
  const pathParameters = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name);
  const said = [operation.parameters, item.parameters].flat().filter(isJson);
  const unsaid = pathParameters.filter((name) => !said.some((one) => one.in === 'path' && one.name === name));
  const added = unsaid.map((name) => ({ in: 'path', name, required: true, schema: { type: 'string' } }));
  const own = Array.isArray(operation.parameters) ? operation.parameters : [];
  return {
    ...operation,
    ...(added.length > 0 && { parameters: [...own, ...added] }),
    [integrationKey]: integrate({
      method: key === anyMethod ? 'ANY' : key.toUpperCase(),
      path: path.replaceAll('+}', '}'),
      pathParameters,
    }),
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
