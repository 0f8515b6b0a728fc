package karuta.scoring.pair;

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

    /** All answers of a file. */
    static AnswerSource of(PredictionFile file) {
        return of(file, "", answer -> true);
    }

    /**
     * Some answers of a file.
     *
     * @param part what they are, for messages; begins with a comma
     */
    static AnswerSource of(PredictionFile file, String part, java.util.function.Predicate<GivenAnswer> which) {
        return new AnswerSource() {
            @Override
            public String name() {
                return file.path() + part;
            }

            @Override
            public boolean byImage() {
                return file.form() == Form.COCO;
            }

            @Override
            public void each(Consumer<GivenAnswer> sink) {
                file.each(answer -> {
                    if (which.test(answer)) {
                        sink.accept(answer);
                    }
                });
            }
        };
    }
}
