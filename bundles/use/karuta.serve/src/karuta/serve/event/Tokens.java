package karuta.serve.event;

/**
 * How long a question and its answer were, in tokens of the backbone.
 *
 * @param question with all that stands around it: start, template, image, earlier turns; 0 where the backbone cannot tell
 * @param answer with the token that ends it; 0 where the backbone cannot tell
 */
public record Tokens(int question, int answer) {

    /** Of a backbone that cannot tell. */
    public static final Tokens UNKNOWN = new Tokens(0, 0);

    /** Both together. */
    public int whole() {
        return question + answer;
    }
}
