package karuta.engine.run;

import java.util.OptionalDouble;

/**
 * How far a piece of work is.
 *
 * @param of the run, or what else is done
 * @param what it does now
 * @param done units of this
 * @param total units of this
 * @param secondsLeft until the whole study is done, as far as that can be told
 */
public record Progress(String of, String what, long done, long total, OptionalDouble secondsLeft) {}
