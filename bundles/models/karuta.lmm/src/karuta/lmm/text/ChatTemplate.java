package karuta.lmm.text;

/**
 * What a model wraps around an instruction.
 *
 * @param text the whole question, with {@value #IMAGE} where the image goes and {@value #INSTRUCTION} where the
 *     instruction goes; the answer follows it
 * @param later a further question of the same conversation, with {@value #INSTRUCTION} where the instruction goes; it
 *     follows the answer before it
 * @param ended whether the end token stands behind an earlier answer
 */
public record ChatTemplate(String text, String later, boolean ended) {

    /** Stands for an image. */
    public static final String IMAGE = "<image>";

    /** Stands for what the user asks. */
    public static final String INSTRUCTION = "{instruction}";

    private static final String IMAGE_LINE = IMAGE + "\n";

    private static final String LATER = "USER: " + INSTRUCTION + " ASSISTANT:";

    /**
     * The chat template of Hugging Face's llava-1.5 folders, which has no system sentence and does not end earlier
     * answers.
     */
    public static final ChatTemplate CHAT =
            new ChatTemplate("USER: " + IMAGE_LINE + INSTRUCTION + " ASSISTANT:", LATER, false);

    /** LLaVA-1.5's own {@code vicuna_v1}, with its system sentence; what the published weights were trained with. */
    public static final ChatTemplate VICUNA = new ChatTemplate(
            "A chat between a curious user and an artificial intelligence assistant. "
                    + "The assistant gives helpful, detailed, and polite answers to the user's questions. "
                    + CHAT.text,
            LATER,
            true);

    /** A model's own: a further question is like the first one, but without an image. */
    public ChatTemplate(String text) {
        this(text, withoutImage(text), true);
    }

    /** @throws IllegalArgumentException if it has not one place for an image and one for an instruction */
    public ChatTemplate {
        for (var part : new String[] {IMAGE, INSTRUCTION}) {
            if (!text.contains(part) || text.indexOf(part) != text.lastIndexOf(part)) {
                throw new IllegalArgumentException("the template \"" + text + "\" must have " + part + " once");
            }
        }
    }

    /**
     * The text that an answer follows. What stands for an image is removed from the instruction itself, as the LLaVA
     * repository does.
     *
     * @param instruction what the user asks
     * @param images how many images the question is about; what stands for them is repeated with the line break that
     *     follows it, as in the chat template of Hugging Face's llava-1.5 folders
     */
    public String question(String instruction, int images) {
        var image = text.contains(IMAGE_LINE) ? IMAGE_LINE : IMAGE;
        return text.replace(image, image.repeat(images)).replace(INSTRUCTION, bare(instruction));
    }

    /** The text of a question that follows an answer. */
    public String further(String instruction) {
        return later.replace(INSTRUCTION, bare(instruction));
    }

    /** A user's text without what would stand for an image. */
    static String bare(String said) {
        return said.contains(IMAGE) ? said.replace(IMAGE, "").strip() : said;
    }

    private static String withoutImage(String text) {
        return text.replace(IMAGE_LINE, "").replace(IMAGE, "");
    }
}
