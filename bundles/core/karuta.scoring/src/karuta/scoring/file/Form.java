package karuta.scoring.file;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A form of prediction files: under which keys a record has what. The keys of a file's first record decide its form,
 * whatever the file is called.
 */
public enum Form {
    /** Karuta's own {@code predictions.jsonl}. */
    KARUTA("Karuta's predictions", Layout.LINES, "text", "id", "stage", "task", "answer", "selected"),

    /** {@code merge.jsonl} of CoIN, ModalPrompt, HiDe-LLaVA, MCITlib, MLLM-CL, Prism and SMoLoRA. */
    LLAVA("LLaVA's answers", Layout.LINES, "text", "question_id"),

    /** What GQA's own evaluation reads. */
    GQA("GQA's predictions", Layout.ARRAY, "prediction", "questionId"),

    /** What the caption scripts of UCIT read. */
    COCO("COCO results", Layout.ARRAY, "caption", "image_id"),

    /** The lines of CL-VISTA. */
    VIDEO("CL-VISTA's lines", Layout.LINES, "pred", "id", "video_name"),

    /** ScienceQA's {@code output.jsonl}: one object with the right and the wrong answers. */
    SCIENCEQA("ScienceQA's right and wrong answers", Layout.OBJECT, "pred", "question_id", "parsed_ans"),

    /** ScienceQA's {@code output_result.jsonl}: one object with answers by id. */
    OUTPUTS("ScienceQA's answers by id", Layout.OBJECT, Members.VALUE, Members.NAME),

    /** MLLM-CTBench: one object with a list of results. */
    CTB("MLLM-CTBench's results", Layout.OBJECT, "model_output", "question_id"),

    /** The lines that MLLM-DCL's scorers leave in {@code Result.json}. */
    DCL("MLLM-DCL's details", Layout.LINES, "pred", Form.NO_ID, "ground_truth", "question", "score"),

    /** {@code ans_gt.json} of UCIT. */
    PAIRS("UCIT's pairs", Layout.ARRAY, "pred", Form.NO_ID, "ground_truth"),

    /** What ms-swift's {@code infer} writes, as Continual-NExT keeps it: the record of the data and the response. */
    SWIFT("ms-swift's results", Layout.LINES, "response", Form.NO_ID);

    /** Of forms whose order alone says which sample an answer is to, unless the data itself had an id. */
    private static final String NO_ID = "";

    private static final List<String> IDS = List.of("id", "question_id");
    private static final List<String> PROMPTS = List.of("prompt", "question", "query");
    private static final List<String> REFERENCES = List.of("ground_truth", "answer", "labels", "label");
    private static final List<String> OTHERS = List.of("image", "task", "stage");

    private static final Set<String> KEYS = Stream.concat(
                    Stream.of(IDS, PROMPTS, REFERENCES, OTHERS).flatMap(List::stream),
                    Arrays.stream(values()).flatMap(form -> Stream.of(form.answer, form.id)))
            .collect(Collectors.toUnmodifiableSet());

    private final String title;
    private final Layout layout;
    private final String answer;
    private final String id;
    private final Set<String> marks;

    /**
     * @param answer the key of the answer
     * @param id the key of the sample's id
     * @param marks other keys that every record of this form has
     */
    Form(String title, Layout layout, String answer, String id, String... marks) {
        this.title = title;
        this.layout = layout;
        this.answer = answer;
        this.id = id;
        this.marks = Set.of(marks);
    }

    /** The form of a record; empty if it is none of predictions. */
    static Optional<Form> of(Members record) {
        return Arrays.stream(values()).filter(form -> form.fits(record)).findFirst();
    }

    private boolean fits(Members record) {
        return record.has(answer)
                && (id.equals(NO_ID) || record.has(id))
                && marks.stream().allMatch(record::has);
    }

    /** Whether the values under a key count in some form; others need not be kept. */
    static boolean counts(String name) {
        return KEYS.contains(name);
    }

    /** What it is called. */
    public String title() {
        return title;
    }

    /** Whether a record of this form says which sample its answer is to. */
    boolean hasId(Members record) {
        return record.first(ids()).flatMap(record::text).isPresent();
    }

    private List<String> ids() {
        return id.equals(NO_ID) ? IDS : List.of(id);
    }

    /** How those who write such files lay them out. */
    Layout layout() {
        return layout;
    }

    /**
     * What a record says.
     *
     * @throws IllegalArgumentException if it is not of this form; the message says why
     */
    GivenAnswer read(Members record) {
        var given = record.first(ids()).flatMap(record::text);
        if (given.isEmpty() && !id.equals(NO_ID)) {
            throw missing(id);
        }
        return new GivenAnswer(
                given,
                record.text(answer).orElseThrow(() -> missing(answer)),
                record.first(PROMPTS).flatMap(record::text),
                record.text("image"),
                record.first(REFERENCES).map(record::texts).orElse(List.of()),
                this == KARUTA ? record.text("task") : Optional.empty(),
                this == KARUTA ? record.number("stage") : OptionalInt.empty());
    }

    private static IllegalArgumentException missing(String key) {
        return new IllegalArgumentException("has no text under \"" + key + "\"");
    }
}
