package karuta.serve.event;

import java.time.Instant;

/**
 * A request that got no answer.
 *
 * @param when it came, by this machine's clock
 * @param who asked: the name of a token, or {@code anyone}
 * @param status of HTTP that it got
 * @param why a word for machines: {@code busy}, {@code timeout}, {@code invalid_image}
 */
public record Declined(Instant when, String who, int status, String why) {}
