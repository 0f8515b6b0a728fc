package karuta.bench.score.caption;

import java.util.List;

/**
 * A caption and what it is compared with, all cut into tokens.
 *
 * @param said what was generated
 * @param references what was expected, at least one
 */
record Caption(List<String> said, List<List<String>> references) {}
