/** Exit codes of every command, and the error that carries one. */

export const exitDone = 0;
/** It ran, but the answer is no: nothing was found. */
export const exitNo = 1;
/** Bad usage or bad input. */
export const exitInput = 2;

/** An end that a person can do something about: printed as one sentence, without a stack. */
export class CommandError extends Error {
  constructor(readonly exitCode: number, message: string) {
    super(message);
    this.name = 'CommandError';
  }
}
