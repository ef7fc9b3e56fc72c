/** What a client of a REST API names itself by, in the header `x-api-key`. */
export interface ApiKey {
  id: string;
  value: string;
  name: string | undefined;
  description: string | undefined;
  customerId: string | undefined;
  enabled: boolean;
  createdAt: number;
  updatedAt: number;
  tags: Map<string, string>;
}
