package karuta.speed;

/**
 * One measurement of one work.
 *
 * @param seconds of wall time
 * @param cpu seconds of processor time, of all threads of the process
 * @param peak the most memory that the process had resident, in bytes; 0 where the system does not tell
 * @param value what came out, by which both sides are known to have done the same: a loss, or a sum of token ids
 */
public record Measurement(double seconds, double cpu, long peak, double value) {}
