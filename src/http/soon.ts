/** A value that is usually there at once: a promise for it costs each request several turns of the event loop's queue. */
export type Soon<Value> = Value | Promise<Value>

/** Goes on with a value, at once if it is there. */
export function whenThere<Value, Result>(
  value: Soon<Value>,
  goOn: (value: Value) => Soon<Result>,
): Soon<Result> {
  return value instanceof Promise ? value.then(goOn) : goOn(value)
}
