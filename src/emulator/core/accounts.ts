import type { Session } from '../world/identity/session.ts';
import type { Cell } from './cell.ts';

const defaultAccount = '000000000000';
const defaultRegion = 'us-east-1';

/** Who signs with an access key: a 12-digit key names its account, as its root; any other is the default account's. */
export interface Caller {
  account: string;
  arn: string;
  session?: Session;
}

/** The accounts of the local AWS with their regions, each made when it is first asked for. */
export class Accounts {
  readonly #cells: Map<string, Cell> = new Map();
  readonly #createCell: (account: string, region: string) => Cell;

  constructor(createCell: (account: string, region: string) => Cell) {
    this.#createCell = createCell;
  }

  get cells(): Cell[] {
    return [...this.#cells.values()];
  }

  cell(account: string = defaultAccount, region: string = defaultRegion): Cell {
    const key = `${account} ${region}`;
    const known = this.#cells.get(key);
    if (known) return known;
    const made = this.#createCell(account, region);
    this.#cells.set(key, made);
    return made;
  }

  caller(accessKeyId: string): Caller {
    for (const { account, identity } of this.#cells.values()) {
      const session = identity.session(accessKeyId);
      if (session) return { account, arn: session.callerArn, session };
    }
    const account = /^\d{12}$/.test(accessKeyId) ? accessKeyId : defaultAccount;
    return { account, arn: `arn:aws:iam::${account}:root` };
  }
}
