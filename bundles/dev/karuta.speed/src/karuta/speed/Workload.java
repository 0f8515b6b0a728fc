package karuta.speed;

import java.util.Locale;

/**
 * What is measured, in an order in which memory that a process keeps for later does not burden what needs less. All but
 * the first two begin with the embeddings of a batch.
 */
public enum Workload {
    /** {@link #PRODUCTS} plain matrix products of the batch's size and a weight's: what all the rest is made of. */
    PRODUCT("matrix product"),
    /** The image tower, an image per row. */
    TOWER("tower"),
    /** From the embeddings to the loss over the answers, without gradients. */
    FORWARD("forward"),
    /** The first token of an answer. */
    PREFILL("prefill"),
    /** An answer of {@link #TOKENS} tokens, the first one included. */
    DECODE("decode"),
    /** As forward, with the gradient of one prompt of three, clipping and AdamW. */
    PROMPT_STEP("prompt step"),
    /** As the prompt step, but the gradient is that of a LoRA adapter of all linear layers of the decoder. */
    LORA_STEP("LoRA step"); // last, since PEFT changes the model

    /** How many matrix products are one reading. */
    static final int PRODUCTS = 5;

    /** Tokens of an answer that is decoded. */
    static final int TOKENS = 33;

    private final String title;

    Workload(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Whether what comes out are tokens, rather than a number with a rounding error. */
    boolean answers() {
        return this == PREFILL || this == DECODE;
    }

    /** For the peer. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
