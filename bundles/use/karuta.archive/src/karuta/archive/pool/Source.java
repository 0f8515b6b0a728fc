package karuta.archive.pool;

/**
 * What a card was learned from. The data themselves are not in the pool.
 *
 * @param folder where they lay
 * @param sha256 of all of them
 * @param training how many samples it was trained with, each as often as it came
 * @param validation how many were held out
 */
public record Source(String folder, String sha256, int training, int validation) {}
