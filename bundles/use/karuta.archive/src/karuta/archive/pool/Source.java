package karuta.archive.pool;

/**
 * What a card was learned from. The data themselves are not in the pool.
 *
 * @param folder where they lay
 * @param sha256 of all of them
 * @param training how many samples it was trained with, each as often as it came
 * @param validation how many were held out
 * @param share of the samples that were to be held out, from 0 to 1; 0 where none were drawn
 * @param seed that these were drawn with
 */
public record Source(String folder, String sha256, int training, int validation, double share, long seed) {

    /** Of a card from whose data nothing was drawn. */
    public Source(String folder, String sha256, int training, int validation) {
        this(folder, sha256, training, validation, 0, 0);
    }
}
