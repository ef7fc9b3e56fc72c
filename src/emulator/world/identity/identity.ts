/** Roles, policies and issued credentials of an account. */
export class Identity {}
