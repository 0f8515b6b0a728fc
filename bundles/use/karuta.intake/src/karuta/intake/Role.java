package karuta.intake;

import java.util.List;

/** What a column of a table is. */
public enum Role {
    /** The path of an image. */
    IMAGE(
            "image",
            "image_path",
            "img",
            "img_path",
            "picture",
            "photo",
            "file",
            "filename",
            "file_name",
            "filepath",
            "path",
            "images"),
    /** What is asked. */
    QUESTION("question", "prompt", "query", "instruction", "text", "problem"),
    /** What is right. */
    ANSWER("answer", "answers", "label", "class", "target", "response", "output", "caption", "solution"),
    /** Which task it is of. */
    TASK("task", "task_name", "domain"),
    /** What the sample is called. */
    ID("id", "question_id", "sample_id", "uid");

    private final List<String> guesses;

    Role(String... guesses) {
        this.guesses = List.of(guesses);
    }

    /** What such columns are mostly called, in small letters, the most likely first. */
    List<String> guesses() {
        return guesses;
    }
}
