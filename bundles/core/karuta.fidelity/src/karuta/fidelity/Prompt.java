package karuta.fidelity;

import java.util.Optional;
import karuta.api.Card;
import karuta.api.Guidance;
import karuta.api.Insert.Tokens;

/**
 * A card as it is now, copied.
 *
 * @param open whether it is in training
 * @param tokens P, row after row
 * @param image what image features are compared with, {@code [c]}
 * @param text what text features are compared with, {@code [c]}
 */
record Prompt(boolean open, double[] tokens, double[] image, double[] text) {

    /** Empty if the card has not one prompt and one key for each modality. */
    static Optional<Prompt> of(Card card) {
        var image = card.keys(Guidance.IMAGE).map(Vectors::of);
        var text = card.keys(Guidance.TEXT).map(Vectors::of);
        if (image.isEmpty()
                || text.isEmpty()
                || card.inserts().size() != 1
                || !(card.inserts().get(0) instanceof Tokens tokens)) {
            return Optional.empty();
        }
        return Optional.of(new Prompt(card.trainable(), Vectors.of(tokens.embeddings()), image.get(), text.get()));
    }
}
