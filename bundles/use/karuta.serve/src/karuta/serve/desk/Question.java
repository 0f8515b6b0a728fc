package karuta.serve.desk;

import karuta.api.Query;

/**
 * What somebody asks.
 *
 * @param id of the answer to come
 * @param who asks: the name of a token, or {@code anyone}
 * @param query with images that are decoded already
 */
public record Question(String id, String who, Query query) {}
