package karuta.archive.pool;

/**
 * A frozen model that cards were made with.
 *
 * @param id of the backbone or encoder, as a study names it
 * @param fingerprint SHA-256 of its weights and options
 */
public record Pinned(String id, String fingerprint) {}
