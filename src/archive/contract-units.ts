/** Conversions between units of one dimension, as an exact linear map of whole factors. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";

/** A value x of one unit is `(x + add) * multiply / divide + shift` of another. */
export interface Conversion {
  add: number;
  multiply: number;
  divide: number;
  shift: number;
}

/** A unit in that of its dimension: (x + zero) * multiply / divide. */
type Unit = readonly [multiply: bigint, divide: bigint, zero?: number];

const one: Unit = [1n, 1n];
/** Pi with sixteen digits, as a fraction. */
const PI: Unit = [3_141_592_653_589_793n, 1_000_000_000_000_000n];
/** A pound-force is 4.4482216152605 N, an inch 0.0254 m, a foot 0.3048 m. */
const POUND_FORCE: Unit = [44_482_216_152_605n, 10_000_000_000_000n];

const dimensions: Readonly<Record<string, Readonly<Record<string, Unit>>>> = {
  temperature: { "°C": one, K: [1n, 1n, -273.15], "°F": [5n, 9n, -32] },
  pressure: {
    Pa: one,
    hPa: [100n, 1n],
    mbar: [100n, 1n],
    kPa: [1_000n, 1n],
    bar: [100_000n, 1n],
    MPa: [1_000_000n, 1n],
    atm: [101_325n, 1n],
    mmHg: [101_325n, 760n],
    psi: [POUND_FORCE[0] * 100_000_000n, POUND_FORCE[1] * 64_516n],
  },
  length: {
    m: one,
    µm: [1n, 1_000_000n],
    mm: [1n, 1_000n],
    cm: [1n, 100n],
    km: [1_000n, 1n],
    mil: [254n, 10_000_000n],
    in: [254n, 10_000n],
    ft: [3_048n, 10_000n],
    yd: [9_144n, 10_000n],
    mi: [1_609_344n, 1_000n],
  },
  speed: {
    "m/s": one,
    "mm/s": [1n, 1_000n],
    "km/h": [1_000n, 3_600n],
    "m/min": [1n, 60n],
    "in/s": [254n, 10_000n],
    "ft/s": [3_048n, 10_000n],
    mph: [1_609_344n, 3_600_000n],
    kn: [1_852n, 3_600n],
  },
  acceleration: { "m/s²": one, "mm/s²": [1n, 1_000n], g: [980_665n, 100_000n] },
  rotation: {
    rpm: one,
    "1/s": [60n, 1n],
    Hz: [60n, 1n],
    "°/s": [1n, 6n],
    "rad/s": [30n * PI[1], PI[0]],
  },
  frequency: { Hz: one, kHz: [1_000n, 1n], MHz: [1_000_000n, 1n] },
  angle: { "°": one, rad: [180n * PI[1], PI[0]], rev: [360n, 1n] },
  mass: {
    kg: one,
    mg: [1n, 1_000_000n],
    g: [1n, 1_000n],
    t: [1_000n, 1n],
    lb: [45_359_237n, 100_000_000n],
    oz: [45_359_237n, 1_600_000_000n],
  },
  force: { N: one, kN: [1_000n, 1n], lbf: POUND_FORCE },
  torque: { N·m: one, kN·m: [1_000n, 1n], lbf·ft: [POUND_FORCE[0] * 3_048n, POUND_FORCE[1] * 10_000n] },
  power: {
    W: one,
    mW: [1n, 1_000n],
    kW: [1_000n, 1n],
    MW: [1_000_000n, 1n],
    hp: [POUND_FORCE[0] * 3_048n * 550n, POUND_FORCE[1] * 10_000n],
    PS: [73_549_875n, 100_000n],
  },
  energy: {
    J: one,
    kJ: [1_000n, 1n],
    MJ: [1_000_000n, 1n],
    Wh: [3_600n, 1n],
    kWh: [3_600_000n, 1n],
    MWh: [3_600_000_000n, 1n],
  },
  voltage: { V: one, mV: [1n, 1_000n], kV: [1_000n, 1n] },
  current: { A: one, mA: [1n, 1_000n], kA: [1_000n, 1n] },
  time: { s: one, µs: [1n, 1_000_000n], ms: [1n, 1_000n], min: [60n, 1n], h: [3_600n, 1n], d: [86_400n, 1n] },
  volume: { "m³": one, mL: [1n, 1_000_000n], L: [1n, 1_000n], gal: [3_785_411_784n, 1_000_000_000_000n] },
  flow: {
    "m³/h": one,
    "m³/s": [3_600n, 1n],
    "L/s": [36n, 10n],
    "L/min": [60n, 1_000n],
    "L/h": [1n, 1_000n],
    gpm: [3_785_411_784n * 60n, 1_000_000_000_000n],
  },
  ratio: { "1": one, "%": [1n, 100n], "‰": [1n, 1_000n], ppm: [1n, 1_000_000n] },
};

/** Other ways to write a unit. */
const spellings: Readonly<Record<string, string>> = {
  C: "°C",
  F: "°F",
  degC: "°C",
  degF: "°F",
  "1/min": "rpm",
  deg: "°",
  "deg/s": "°/s",
  um: "µm",
  us: "µs",
  μm: "µm",
  μs: "µs",
  "m/s2": "m/s²",
  "m/s^2": "m/s²",
  "mm/s2": "mm/s²",
  "mm/s^2": "mm/s²",
  Nm: "N·m",
  kNm: "kN·m",
  ft·lbf: "lbf·ft",
  l: "L",
  ml: "mL",
  "l/min": "L/min",
  "l/s": "L/s",
  "l/h": "L/h",
  m3: "m³",
  "m3/h": "m³/h",
  "m3/s": "m³/s",
};

/**
 * Reads a conversion such as "°F -> °C".
 * @param where the option it stands in, for messages.
 * @throws PIPELINE_UNIT when it has another form, a unit is not known, or the two measure different things.
 */
export function readConversion(text: unknown, where: string): Conversion {
  const parts = typeof text === "string" ? text.split("->").map((part) => part.trim()) : [];
  if (parts.length !== 2) {
    throw unitError(where, "a conversion of units cannot be read", '"<unit of the data> -> <unit wanted>"', text);
  }
  const [from, to] = parts.map((part) => (Object.hasOwn(spellings, part) ? spellings[part] : part));
  const all = [...new Set(Object.values(dimensions).flatMap((units) => Object.keys(units)))];
  for (const unit of [from, to]) {
    if (!all.includes(unit))
      throw unitError(where, "a unit is not known", "a unit of the table", unit, didYouMean(unit, all));
  }
  const units = Object.values(dimensions).find((units) => Object.hasOwn(units, from) && Object.hasOwn(units, to));
  if (units === undefined) {
    const same = Object.values(dimensions).filter((units) => Object.hasOwn(units, from));
    const expected = same.flatMap((units) => Object.keys(units)).join(", ");
    throw unitError(where, "two units measure different things", `a unit such as ${expected} for ${from}`, to);
  }
  const [a, b] = [units[from], units[to]];
  const [multiply, divide] = [a[0] * b[1], a[1] * b[0]];
  const divisor = greatestCommonDivisor(multiply, divide);
  return {
    add: a[2] ?? 0,
    multiply: Number(multiply / divisor),
    divide: Number(divide / divisor),
    shift: -(b[2] ?? 0) + 0,
  };
}

/** SQL of a value in the other unit. */
export function conversionSql(sql: string, { add, multiply, divide, shift }: Conversion): string {
  const moved = add === 0 ? sql : `(${sql} + ${add}::DOUBLE)`;
  const times = multiply === 1 ? moved : `${moved} * ${multiply}::DOUBLE`;
  const scaled = divide === 1 ? times : `${times} / ${divide}::DOUBLE`;
  return shift === 0 ? `(${scaled})` : `(${scaled} + ${shift}::DOUBLE)`;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

function unitError(where: string, problem: string, expected: string, found: unknown, hint?: string): ForewarnError {
  return new ForewarnError("PIPELINE_UNIT", {
    problem,
    expected,
    found: JSON.stringify(found) ?? typeof found,
    where,
    hint,
  });
}
