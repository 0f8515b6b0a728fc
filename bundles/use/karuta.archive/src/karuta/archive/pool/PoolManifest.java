package karuta.archive.pool;

/**
 * What a pool was made with: {@code pool.json}.
 *
 * @param karuta the form of these files, {@value #FORM}
 * @param contracts of the strategies, see {@code karuta.api.Contracts}
 * @param backbone that answers
 * @param encoder that chooses
 * @param policy where the encoder is another one
 * @param study the study's text with the one arm that learns and answers
 */
public record PoolManifest(
        String karuta, String contracts, Pinned backbone, Pinned encoder, Policy policy, String study) {

    /** The form of a pool's files. */
    public static final String FORM = "pool/1";

    /** The same with another policy. */
    public PoolManifest with(Policy other) {
        return new PoolManifest(karuta, contracts, backbone, encoder, other, study);
    }

    /**
     * The same for another encoder.
     *
     * @param other encoder
     * @param text of the study that names it
     */
    public PoolManifest with(Pinned other, String text) {
        return new PoolManifest(karuta, contracts, backbone, other, policy, text);
    }
}
