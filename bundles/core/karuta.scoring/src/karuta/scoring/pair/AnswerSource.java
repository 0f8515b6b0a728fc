package karuta.scoring.pair;

import java.util.List;
import java.util.function.Consumer;
import karuta.scoring.file.Form;
import karuta.scoring.file.GivenAnswer;
import karuta.scoring.file.PredictionFile;

/** Where answers come from; it can be read again and again. */
public interface AnswerSource {

    /** What it is, for messages: a file, and the part of it. */
    String name();

    /** Whether samples are images by number, as in the result files of COCO. */
    boolean byImage();

    /** Gives all answers, in their order. */
    void each(Consumer<GivenAnswer> sink);

    /** Whether answers say which sample they are to; else their order is all that says it. */
    boolean hasIds();

    /** All answers of a file. */
    static AnswerSource of(PredictionFile file) {
        return new AnswerSource() {
            @Override
            public String name() {
                return file.path().toString();
            }

            @Override
            public boolean byImage() {
                return file.form() == Form.COCO;
            }

            @Override
            public boolean hasIds() {
                return file.hasIds();
            }

            @Override
            public void each(Consumer<GivenAnswer> sink) {
                file.each(sink);
            }
        };
    }

    /** Answers with ids that are held already. */
    static AnswerSource of(String name, List<GivenAnswer> answers) {
        return new AnswerSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean byImage() {
                return false;
            }

            @Override
            public boolean hasIds() {
                return true;
            }

            @Override
            public void each(Consumer<GivenAnswer> sink) {
                answers.forEach(sink);
            }
        };
    }
}
