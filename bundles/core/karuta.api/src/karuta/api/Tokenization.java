package karuta.api;

import java.util.Optional;
import java.util.Set;

/**
 * How a backbone turns texts into tokens, so that what is too long, misread or foreign is known before anything is learned.
 * Any number of threads may use it.
 */
public interface Tokenization {

    /** Tokens that the backbone reads at once; soft tokens count, too. */
    int most();

    /** Whether an answer that goes beyond {@link #most} is cut there rather than refused. */
    boolean cuts();

    /**
     * What a sample takes. Where it is clear that all fits, the numbers may be larger than they are.
     *
     * @param query the question; its picture counts, but is not looked at
     * @param answer the reference answer
     * @param room tokens that others will put in front
     */
    Length length(Query query, String answer, int room);

    /** Texts that are tokens of their own wherever a user writes them, such as {@code </s>}. */
    Set<String> special();

    /** The share of a text's tokens that are unknown or single bytes: the vocabulary has nothing for what they spell. */
    double unknown(String text);

    /**
     * What a token reads as, by itself; empty if it cannot tell.
     *
     * @param token its number, the row of the backbone's embeddings
     */
    default Optional<String> word(int token) {
        return Optional.empty();
    }

    /**
     * Numbers of tokens.
     *
     * @param question with all that stands around it: start, template, picture, earlier turns
     * @param answer with the token that ends it
     */
    record Length(int question, int answer) {

        /** Both together. */
        public int whole() {
            return question + answer;
        }
    }
}
