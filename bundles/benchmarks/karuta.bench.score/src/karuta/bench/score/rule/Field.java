package karuta.bench.score.rule;

import java.util.List;
import java.util.Optional;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Sample;

/** What a rule needs to know of a sample beside its references, by the name that it has in {@link Sample#fields}. */
public enum Field {
    /** The ten answers of ten people, equal ones repeated. */
    ANSWERS("answers"),
    /** The texts of the options, in the order of their letters. */
    CHOICES("choices"),
    /** What kind of answer is expected: one of OCRBench's ten types; MathVista's integer, float, text or list. */
    ANSWER_TYPE("answer_type"),
    /** MathVista's multi_choice or free_form. */
    QUESTION_TYPE("question_type"),
    /** Width and height of the image in pixels. */
    SIZE("size"),
    /** The box in pixels of the image, which CoIN's MiniGPT is scored by. */
    PIXEL_BOX("origin_answer_bbox"),
    /** The image's path, if it is not the query's. */
    IMAGE("image"),
    /** What was asked as the file of predictions says it, if it is not the query's instruction. */
    PROMPT("prompt"),
    /** What the benchmark calls the part that a sample belongs to: CV-Bench's Count, MLLM-CTBench's fomc. */
    TASK("task"),
    /** GQA: "true" for the questions that count. */
    BALANCED("isBalanced"),
    /** GQA: the structural type, of which "query" is open and all others are binary. */
    STRUCTURAL("structural"),
    /** GQA: the semantic type, such as rel or attr. */
    SEMANTIC("semantic"),
    /** GQA: the steps of reasoning, each as operation, colon, space, argument. */
    PROGRAM("program"),
    /** GQA: the group by which answers are expected to be distributed; {@code groups.global} of its file. */
    GROUP("group"),
    /** GQA: the question without instructions around it. */
    QUESTION("question");

    private final String key;

    Field(String key) {
        this.key = key;
    }

    /** The name in {@link Sample#fields}. */
    public String key() {
        return key;
    }

    /** Its texts; none if the sample does not have it. */
    public List<String> all(Sample sample) {
        return sample.fields().getOrDefault(key, List.of());
    }

    /** Its first text, if the sample has it. */
    public Optional<String> find(Sample sample) {
        return all(sample).stream().findFirst();
    }

    /**
     * Its texts.
     *
     * @throws KarutaException if the sample does not have it
     */
    public List<String> all(Sample sample, String rule) {
        var texts = all(sample);
        if (texts.isEmpty()) {
            throw missing(sample, rule);
        }
        return texts;
    }

    /**
     * Its first text.
     *
     * @throws KarutaException if the sample does not have it
     */
    public String one(Sample sample, String rule) {
        return all(sample, rule).get(0);
    }

    /** The path of a sample's image. */
    public static String image(Sample sample, String rule) {
        return IMAGE.find(sample)
                .or(() -> sample.query().images().stream().findFirst().flatMap(Image::path))
                .orElseThrow(() -> IMAGE.missing(sample, rule));
    }

    /** What was asked. */
    public static String prompt(Sample sample) {
        return PROMPT.find(sample).orElse(sample.query().instruction());
    }

    /** Whether an image is shown: the prompt that the file of predictions tells says so, or else the query has one. */
    public static boolean showsImage(Sample sample) {
        return PROMPT.find(sample)
                .map(prompt -> prompt.contains("<image>"))
                .orElse(!sample.query().images().isEmpty());
    }

    private KarutaException missing(Sample sample, String rule) {
        return new KarutaException(
                "The scorer \"" + rule + "\" needs the field \"" + key + "\", which sample " + sample.id()
                        + " does not have.",
                "Give the samples this field, or give the task another scorer.");
    }
}
