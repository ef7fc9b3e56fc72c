import { type Plant, withClients } from './plant.ts';

/** FM5 */
export const firstPageOnly: Plant = {
  name: 'first-page-only',
  mistake: 'only the first page of a listing is read',
  invoke: withClients(async (send, command) => ({ ...(await send(command)), NextToken: undefined })),
};
