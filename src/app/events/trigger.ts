/** What an event tells that may have moved. It names nothing that is written: it only makes passes start (FM30). */
export type Hint =
  /** A load balancer made or deleted a network interface; `ELB app/<name>/<id>`, where the event tells it. */
  | { about: 'interface'; change: 'created' | 'deleted'; description?: string | undefined }
  /** A database failed over, or may have. */
  | { about: 'database' }
  | { about: 'anything' };

/** Why the function was invoked. */
export type Trigger =
  /** By the schedule. */
  | { kind: 'scheduled' }
  /** By the article's updater event, which brings a binding of its own. */
  | { kind: 'article' }
  /** By the dispatcher: the schedule below a minute. Too late after `expires`, in milliseconds of the Unix epoch. */
  | { kind: 'tick'; expires: number }
  /** By an event. */
  | { kind: 'hint'; hint: Hint }
  /** By the dispatcher, some time after a hint. */
  | { kind: 'recheck'; hint: Hint; expires: number }
  /** By anything else: whoever may invoke the function may start a pass, with whatever event. */
  | { kind: 'unknown' };
