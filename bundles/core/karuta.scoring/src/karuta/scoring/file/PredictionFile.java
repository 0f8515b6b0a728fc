package karuta.scoring.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import karuta.api.KarutaException;

/**
 * A file of predictions. It may be large: answers are given one after the other, and none is held.
 *
 * @param path where
 * @param form what its content says that it is
 * @param layout how its records lie
 * @param hasIds whether answers say which sample they are to; else their order is all that says it
 */
public record PredictionFile(Path path, Form form, Layout layout, boolean hasIds) {

    private static final String FORMS = "`karuta score --help` lists the forms that can be read.";

    /**
     * Finds out what a file is.
     *
     * @throws KarutaException if it cannot be read or holds no predictions
     */
    public static PredictionFile open(Path path) {
        var records = new Records(path);
        var layout = records.layout();
        var first = new ArrayList<Members>();
        records.each(layout, (record, where) -> {
            first.add(record);
            return false;
        });
        if (first.isEmpty()) {
            throw new KarutaException("The file " + path + " holds no prediction.", FORMS);
        }
        refuseQuestions(path, first.get(0));
        var form = Form.of(first.get(0))
                .orElseThrow(() -> new KarutaException(
                        "The file " + path + " holds no predictions in a known form: its first record has "
                                + first.get(0).names() + ".",
                        FORMS));
        return new PredictionFile(path, form, layout, form.hasId(first.get(0)));
    }

    /** A file of questions in LLaVA's form has the same keys as one of answers, but no prompt beside the text. */
    private static void refuseQuestions(Path path, Members record) {
        var answered = record.has("prompt") || record.has("answer_id") || record.has("model_id") || record.has("stage");
        if (record.has("text") && record.has("image") && !answered) {
            throw new KarutaException(
                    "The file " + path + " holds questions, not answers: its records have an image and a text, and no"
                            + " prompt beside it.",
                    "Name the file that the model's answers were written to.");
        }
    }

    /** What is odd about the file, a sentence each. */
    public List<String> notes() {
        return layout == form.layout()
                ? List.of()
                : List.of("It is " + layout + ", where others write " + form.title() + " as " + form.layout() + ".");
    }

    /**
     * Gives all answers in the order of the file.
     *
     * @throws KarutaException if the file is broken somewhere
     */
    public void each(Consumer<GivenAnswer> sink) {
        new Records(path).each(layout, (record, where) -> {
            sink.accept(read(record, where));
            return true;
        });
    }

    private GivenAnswer read(Members record, String where) {
        try {
            return form.read(record);
        } catch (IllegalArgumentException e) {
            throw new KarutaException(
                    "The file " + path + ", " + where + ": it " + e.getMessage() + ", which " + form.title() + " have.",
                    "Its members are " + record.names() + ".",
                    e);
        }
    }
}
