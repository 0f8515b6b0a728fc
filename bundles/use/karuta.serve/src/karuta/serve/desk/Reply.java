package karuta.serve.desk;

import karuta.serve.desk.Answerer.Said;

/**
 * What a question got.
 *
 * @param id of the answer
 * @param said the answer with its cards
 * @param revision of the pool that answered
 * @param batch how many questions were answered together
 * @param seconds from the question's coming to its answer
 */
public record Reply(String id, Said said, String revision, int batch, double seconds) {}
