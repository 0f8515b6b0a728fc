package karuta.lmm.text;

/** What LLaVA-1.5 wraps around an instruction. */
public enum Template {
    /** The original's {@code vicuna_v1}, with its system sentence; what the published weights were trained with. */
    VICUNA(
            "A chat between a curious user and an artificial intelligence assistant. "
                    + "The assistant gives helpful, detailed, and polite answers to the user's questions. "),
    /** The chat template of Hugging Face's llava-1.5 folders, which has no system sentence. */
    CHAT("");

    /** Stands for a picture. */
    public static final String IMAGE = "<image>";

    private final String system;

    Template(String system) {
        this.system = system;
    }

    /**
     * The text that an answer follows. What stands for a picture is removed from the instruction itself, as the LLaVA
     * repository does.
     *
     * @param instruction what the user asks
     * @param picture whether the question is about a picture
     */
    public String question(String instruction, boolean picture) {
        var asked = instruction.contains(IMAGE) ? instruction.replace(IMAGE, "").strip() : instruction;
        return system + "USER: " + (picture ? IMAGE + "\n" : "") + asked + " ASSISTANT:";
    }
}
