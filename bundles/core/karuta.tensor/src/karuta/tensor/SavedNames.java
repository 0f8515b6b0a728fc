package karuta.tensor;

/**
 * The names of what is saved, within the state of a strategy: what writes a checkpoint, what imports into one and what exports
 * from one say the same.
 */
public final class SavedNames {

    /** How many cards a pool has; metadata. */
    public static final String CARDS = "cards";

    /** How many numbers the last stage trained; metadata. */
    public static final String TRAINED = "trained";

    /** A card's soft tokens, {@code [M, d]}. */
    public static final String PROMPT = "prompt";

    /** What a card is found by, {@code [1, c]}. */
    public static final String KEY = "key";

    /** A card's id; metadata. */
    public static final String ID = "id";

    /** The task a card was made for, if there is one; metadata. */
    public static final String TASK = "task";

    /** Behind a linear layer's name, as PEFT has it: A of its adapter, {@code [r, in]}. */
    public static final String LORA_A = ".lora_A.weight";

    /** Behind a linear layer's name, as PEFT has it: B of its adapter, {@code [out, r]}. */
    public static final String LORA_B = ".lora_B.weight";

    private SavedNames() {}

    /**
     * Something of a card.
     *
     * @param card its place, from 0
     * @param what {@link #PROMPT}, {@link #KEY}, ...; empty for what stands before them all
     */
    public static String card(int card, String what) {
        return "card." + card + "." + what;
    }
}
