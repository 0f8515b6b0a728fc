package karuta.use;

import java.util.function.Consumer;
import karuta.api.KarutaException;
import karuta.archive.pool.Pinned;
import karuta.archive.pool.Policy;
import karuta.archive.pool.PoolManifest;

/** Cards are for the models that they were made with; see {@code PoolManifest}. */
public final class PinnedModels {

    private static final String WEIGHTS = "Use the weights that the cards were made with.";

    private PinnedModels() {}

    /**
     * Compares the models that are there with those that a pool names.
     *
     * @param backbone fingerprint of the backbone that is there
     * @param encoder fingerprint of the encoder that is there
     * @param warn is told of another encoder, where the pool puts up with one
     * @throws KarutaException if the backbone is another one, or the encoder is and the pool does not put up with it
     */
    public static void check(PoolManifest manifest, String backbone, String encoder, Consumer<String> warn) {
        checkBackbone(manifest, backbone, WEIGHTS);
        if (!manifest.encoder().fingerprint().equals(encoder)) {
            var remedy = manifest.policy() == Policy.REALIGN
                    ? "Realign the pool first: \"karuta pool realign\" learns what its cards are found by anew."
                    : WEIGHTS;
            var refusal = another("encoder", manifest.encoder(), encoder, remedy);
            if (manifest.policy() != Policy.WARN) {
                throw refusal;
            }
            warn.accept(refusal.getMessage());
        }
    }

    /**
     * Compares the backbone alone.
     *
     * @param backbone fingerprint of the one that is there
     * @param remedy what to do about another one
     * @throws KarutaException if it is another one than the pool names
     */
    public static void checkBackbone(PoolManifest manifest, String backbone, String remedy) {
        if (!manifest.backbone().fingerprint().equals(backbone)) {
            throw another("backbone", manifest.backbone(), backbone, remedy);
        }
    }

    /** Whether they are just those that the pool names. */
    static boolean fit(PoolManifest manifest, String backbone, String encoder) {
        return manifest.backbone().fingerprint().equals(backbone)
                && manifest.encoder().fingerprint().equals(encoder);
    }

    private static KarutaException another(String what, Pinned pinned, String found, String remedy) {
        return new KarutaException(
                "The pool's cards were made with the " + what + " \"" + pinned.id() + "\" of fingerprint "
                        + pinned.fingerprint() + ", and this Karuta's has " + found + ".",
                remedy);
    }
}
