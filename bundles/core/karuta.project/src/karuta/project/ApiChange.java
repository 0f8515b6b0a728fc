package karuta.project;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A change of the contracts that what was written before must follow.
 *
 * @param since the contracts that have it first
 * @param before what sources have that were written for earlier ones
 * @param now what they must have instead, in a sentence
 */
record ApiChange(String since, Pattern before, String now) {

    /** All, oldest first. Whoever changes {@code karuta.api} so that strategies must change adds a row here. */
    static final List<ApiChange> ALL = List.of(
            new ApiChange(
                    "0.2",
                    "\\bSelection\\s+select\\s*\\(\\s*Call\\b",
                    "A selector chooses for a batch: List<Selection> select(Calls calls); what chose for one call goes into"
                            + " calls.each(call -> ...)."),
            new ApiChange(
                    "0.2",
                    "\\bList<Insert>\\s+fuse\\s*\\(",
                    "A fusion gets a batch: List<List<Insert>> fuse(List<Choice> samples, Cards cards)."),
            new ApiChange(
                    "0.2",
                    "\\bvoid\\s+beginStage\\s*\\(\\s*Stage\\s+\\w+\\s*\\)",
                    "A stage begins with its data: void beginStage(Stage stage, StageData data)."),
            new ApiChange(
                    "0.2",
                    "\\blosses\\s*\\(\\s*List<Guidance>",
                    "A pool's terms see the forward pass: losses(Forward forward, TrainingStep step);"
                            + " forward.guidance() has the features."),
            new ApiChange(
                    "0.2",
                    "\\bloss\\s*\\(\\s*Batch\\b",
                    "A learner says what goes in, and the engine scores it: prompt(List<Input> inputs), and"
                            + " losses(Forward forward, TrainingStep step) for more terms than the model's own."),
            new ApiChange(
                    "0.2",
                    "\\bList<Answer>\\s+answer\\s*\\(",
                    "A learner no longer generates: prompt(List<Input> inputs) says what goes in."),
            new ApiChange(
                    "0.2",
                    "\\bimplements\\s+(\\w+\\s*,\\s*)*Scorer\\b",
                    "A rule over one answer and one reference is a ReferenceScorer; a Scorer gets all answers to a task."));

    private ApiChange(String since, String before, String now) {
        this(since, Pattern.compile(before), now);
    }
}
