/** What the names of columns and files give away, in the words of plants and of public data sets, also in German. */

/** A name in lower-case words: "machineID" and "Machine-Id" are "machine id". */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}

const machine =
  /\b(machine|asset|equipment|equip|device|engine|turbine|vehicle|unit|pump|compressor|robot|press|truck|drive|serial|maschinen?|anlagen?|gerät|geraet|aggregat)\b/;
const notMachine =
  /\b(type|model|class|age|state|status|hours?|time|date|code|error|fail\w*|comp\w*|part|sensor|tag|speed|load|temp\w*)\b/;
const identifier = /\b(id|no|nr|number|name|key)\b/;

/** How much a column's name says that it holds machines: 0 to 3. */
export function machineSign(name: string): number {
  const words = wordsOf(name);
  if (notMachine.test(words)) return 0;
  if (machine.test(words)) return 3;
  return identifier.test(words) ? 1 : 0;
}

const knownAt =
  /\b(known|received|receive|ingest\w*|arriv\w*|recorded|reported|entered|inserted|processed|logged|uploaded)\b/;
const end = /^(end|ende|bis|ended|stop|stopped|finish\w*|until|closed|to)\b/;
const validFrom = /\b(valid from|effective|valid since)\b/;
const commissioned = /\b(commission\w*|install\w*|in service|start up|startup|delivered)\b/;
const retired = /\b(retire\w*|decommission\w*|scrap\w*|out of service|removed)\b/;
const time =
  /\b(datetime|timestamp|time|date|ts|start|started|begin|beginn|at|when|occurred|zeit|zeitpunkt|zeitstempel|datum)\b/;

export type TimeUse = "time" | "end" | "knownAt" | "validFrom" | "commissionedAt" | "retiredAt";

/** What a column of instants is for, by its name; "time" where nothing else is said. */
export function timeUse(name: string): TimeUse {
  const words = wordsOf(name);
  if (retired.test(words)) return "retiredAt";
  if (commissioned.test(words)) return "commissionedAt";
  if (validFrom.test(words)) return "validFrom";
  if (knownAt.test(words)) return "knownAt";
  return end.test(words) ? "end" : "time";
}

/** How much a column's name says that it holds the time: 0 to 2. */
export function timeSign(name: string): number {
  const words = wordsOf(name);
  return /^(datetime|timestamp|time|date time|ts|zeit|zeitpunkt|zeitstempel)$/.test(words)
    ? 2
    : time.test(words)
      ? 1
      : 0;
}

/** Whether a column counts cycles or another use that starts anew with each machine. */
export function isCounterName(name: string): boolean {
  return /\b(cycles?|flights?|shots?|strokes?|steps?|operating hours)\b/.test(wordsOf(name));
}

/** Whether a column's name says that it holds what kind of event a row is. */
export function kindSign(name: string): number {
  const words = wordsOf(name);
  if (/\b(error|failure|fault|alarm|component|comp|kind|event|bauteil|komponente)\b/.test(words)) return 2;
  return /\b(code|type|part|reason|mode|cause|action|category|message)\b/.test(words) ? 1 : 0;
}

export type EventRole = "failures" | "maintenance" | "errors" | "downtime";

const eventRoles: readonly (readonly [EventRole, RegExp])[] = [
  ["downtime", /\b(downtimes?|outages?|stops?|stoppages?|standstills?|stillst\w*)\b/],
  ["failures", /\b(fail\w*|breakdowns?|ausf\w*)\b/],
  ["maintenance", /\b(maint\w*|repairs?|replace\w*|services?|work ?orders?|overhauls?|wartung\w*|instandhaltung\w*)\b/],
  ["errors", /\b(errors?|alarms?|faults?|warnings?|dtcs?|messages?|events?|logs?|fehler|st(ö|oe)rung\w*|meldung\w*)\b/],
];

/** The role that a name gives to a table of events, if any. */
export function eventRole(name: string): EventRole | undefined {
  const words = wordsOf(name);
  return eventRoles.find(([, sign]) => sign.test(words))?.[0];
}

/** Whether a column beside the sensors tells the outcome itself: a feature made of it would know the answer. */
export function isOutcomeName(name: string): boolean {
  return /\b(fail\w*|label|target|rul|ttf|remaining|anomaly|broken|breakdown)\b/.test(wordsOf(name));
}

/** The sensor and the statistic, where a column's name is of the form `volt_mean`. */
export function aggregateOf(name: string): { sensor: string; statistic: string } | undefined {
  const found = /^(.+?)[_ .-](mean|avg|average|min|max|std|sd|sum|median|var)$/i.exec(name);
  return found === null ? undefined : { sensor: found[1], statistic: found[2] };
}

export function isTagName(name: string): boolean {
  return /\b(tag|sensor|signal|variable|parameter|metric|measurement|channel|point)\b/.test(wordsOf(name));
}

export function isValueName(name: string): boolean {
  return /\b(value|val|reading|measurement|number)\b/.test(wordsOf(name));
}

export function isRowIdName(name: string): boolean {
  return /^(id|index|row|row id|unnamed \d+|uid|udi|seq|sequence)?$/.test(wordsOf(name));
}

export const lowNames = /\b(low|lower|min|minimum|lo)\b/;
export const highNames = /\b(high|upper|max|maximum|hi)\b/;
