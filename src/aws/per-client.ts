/** What belongs to a client and lives as long as it does: made when it is first asked for. */
export function perClient<Client extends object, Made>(
  make: (client: Client) => Made,
): (client: Client) => Made {
  const known = new WeakMap<Client, Made>();
  return (client) => {
    const made = known.get(client) ?? make(client);
    known.set(client, made);
    return made;
  };
}
