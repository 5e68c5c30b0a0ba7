/** A door: a place where forewarn takes what others wrote, and how inputs for it are made and held against what has to be. */
import type { Random } from "../../src/core/random.ts";

export interface Door {
  name: string;
  /** How many of 1,000 inputs go through it. */
  share: number;
  /** Makes the unharmed files in a folder of its own, once a process. */
  open(folder: string): Promise<OpenDoor>;
}

export interface OpenDoor {
  /** One input; the same random numbers give the same input. */
  make(random: Random): FuzzInput;
}

export interface FuzzInput {
  /** What is saved of an input that fails, so that a person can look at it. */
  content: Uint8Array | string;
  /**
   * Sends it through the door, and gives a word for what became of it where it was taken. A ForewarnError is a refusal; any other error
   * is a failure, a WrongResult one that would not have been seen.
   */
  send(): Promise<string>;
}

/** The door took an input and made something of it that it does not say. */
export class WrongResult extends Error {}
