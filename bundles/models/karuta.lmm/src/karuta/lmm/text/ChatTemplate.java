package karuta.lmm.text;

/**
 * What a model wraps around an instruction.
 *
 * @param text the whole question, with {@value #IMAGE} where the picture goes and {@value #INSTRUCTION} where the
 *     instruction goes; the answer follows it
 * @param later a further question of the same conversation, with {@value #INSTRUCTION} where the instruction goes; it
 *     follows the answer before it
 * @param ended whether the end token stands behind an earlier answer
 */
public record ChatTemplate(String text, String later, boolean ended) {

    /** Stands for a picture. */
    public static final String IMAGE = "<image>";

    /** Stands for what the user asks. */
    public static final String INSTRUCTION = "{instruction}";

    private static final String LATER = "USER: " + INSTRUCTION + " ASSISTANT:";

    /**
     * The chat template of Hugging Face's llava-1.5 folders, which has no system sentence and does not end earlier
     * answers.
     */
    public static final ChatTemplate CHAT =
            new ChatTemplate("USER: " + IMAGE + "\n" + INSTRUCTION + " ASSISTANT:", LATER, false);

    /** LLaVA-1.5's own {@code vicuna_v1}, with its system sentence; what the published weights were trained with. */
    public static final ChatTemplate VICUNA = new ChatTemplate(
            "A chat between a curious user and an artificial intelligence assistant. "
                    + "The assistant gives helpful, detailed, and polite answers to the user's questions. "
                    + CHAT.text,
            LATER,
            true);

    /** A model's own: a further question is like the first one, but without a picture. */
    public ChatTemplate(String text) {
        this(text, withoutPicture(text), true);
    }

    /** @throws IllegalArgumentException if it has not one place for a picture and one for an instruction */
    public ChatTemplate {
        for (var part : new String[] {IMAGE, INSTRUCTION}) {
            if (!text.contains(part) || text.indexOf(part) != text.lastIndexOf(part)) {
                throw new IllegalArgumentException("the template \"" + text + "\" must have " + part + " once");
            }
        }
    }

    /**
     * The text that an answer follows. What stands for a picture is removed from the instruction itself, as the LLaVA
     * repository does.
     *
     * @param instruction what the user asks
     * @param picture whether the question is about a picture; the line break after a picture goes with it
     */
    public String question(String instruction, boolean picture) {
        return (picture ? text : withoutPicture(text)).replace(INSTRUCTION, bare(instruction));
    }

    /** The text of a question that follows an answer. */
    public String further(String instruction) {
        return later.replace(INSTRUCTION, bare(instruction));
    }

    /** A user's text without what would stand for a picture. */
    static String bare(String said) {
        return said.contains(IMAGE) ? said.replace(IMAGE, "").strip() : said;
    }

    private static String withoutPicture(String text) {
        return text.replace(IMAGE + "\n", "").replace(IMAGE, "");
    }
}
