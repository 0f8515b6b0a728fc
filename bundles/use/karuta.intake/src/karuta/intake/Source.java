package karuta.intake;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.samples.Shape;
import karuta.samples.Shape.Dialogue;

/**
 * Something to import.
 *
 * @param path a file or a folder
 * @param form how it is written
 */
record Source(Path path, Form form) {

    /** What LLaVA's own instructions for short captions say in one of many ways. */
    private static final String DESCRIBE = "Describe the image in one short sentence.";

    private static final Map<String, String> TASK = Map.of("task", "task");

    static Source of(Path path, Optional<Form> said) {
        return new Source(path, said.orElseGet(() -> Form.of(path)));
    }

    /** What is asked where a sample does not say it. */
    Optional<String> question(Optional<String> said) {
        if (form == Form.CLASSES && said.isEmpty()) {
            throw new KarutaException(
                    "What is asked about the images in the folders of " + path + " is not known.",
                    "Say so by --question, such as --question \"What is this?\".");
        }
        return form == Form.COCO && said.isEmpty() ? Optional.of(DESCRIBE) : said;
    }

    /** What its samples' task is called where nobody says it. */
    String name() {
        var name = path.toAbsolutePath().normalize().getFileName().toString();
        var dot = name.lastIndexOf('.');
        return form == Form.CLASSES || dot <= 0 ? name : name.substring(0, dot);
    }

    /** Whether it has columns that may be called so: those of a table, or the task of a conversation. */
    boolean heeds(Set<Role> columns) {
        return switch (form) {
            case TABLE, OBJECTS -> true;
            case LLAVA, SWIFT -> Set.of(Role.TASK).containsAll(columns);
            case COCO, CLASSES -> columns.isEmpty();
        };
    }

    /** Where its images are looked for, unless somebody says it. */
    Path folder() {
        var full = path.toAbsolutePath();
        return form == Form.CLASSES ? full : full.getParent();
    }

    Rows rows(IntakeRequest request) {
        return switch (form) {
            case TABLE -> new TableRows(new TextFile(path, request.encoding()), request.columns());
            case OBJECTS, LLAVA, SWIFT -> new ObjectRows(path, form, request.columns());
            case COCO -> new CaptionRows(path);
            case CLASSES -> new ClassRows(path);
        };
    }

    Shape shape() {
        return switch (form) {
            case LLAVA ->
                new Shape(
                        List.of("id", "question_id", Shape.NUMBER),
                        List.of("image"),
                        List.of("text"),
                        List.of("answer"),
                        Dialogue.LLAVA,
                        false,
                        TASK);
            case SWIFT ->
                new Shape(
                        List.of("id", Shape.NUMBER),
                        List.of("images", "image"),
                        List.of("query"),
                        List.of("response"),
                        Dialogue.MESSAGES,
                        false,
                        TASK);
            default -> Columns.SHAPE;
        };
    }
}
