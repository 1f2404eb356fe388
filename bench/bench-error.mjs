/** What makes a measurement worthless; the message says what happened. */
export class BenchError extends Error {}
