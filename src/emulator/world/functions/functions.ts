/** Lambda functions and what may invoke them. */
export class Functions {}
