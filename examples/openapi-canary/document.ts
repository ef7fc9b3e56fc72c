/** What the API has: greetings, which want a key, and its version, which anybody may ask for. */
export function document(version: string): Record<string, unknown> {
  const description = 'as the server answers';
  return {
    openapi: '3.0.1',
    info: { title: 'Greetings', version },
    components: { securitySchemes: { key: { in: 'header', name: 'x-api-key', type: 'apiKey' } } },
    paths: {
      '/hello/{name}': {
        get: { responses: { 200: { description } }, security: [{ key: [] }] },
      },
      '/version': {
        get: {
          responses: { 200: { description } },
          'x-amazon-apigateway-integration': {
            type: 'mock',
            passthroughBehavior: 'when_no_match',
            requestTemplates: { 'application/json': '{"statusCode": 200}' },
            responses: {
              default: { statusCode: '200', responseTemplates: { 'application/json': `"${version}"` } },
            },
          },
        },
      },
    },
  };
}
