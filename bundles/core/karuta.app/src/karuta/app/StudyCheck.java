package karuta.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.fidelity.Finding;
import karuta.fidelity.Setting;
import karuta.fidelity.StudyFidelity;
import karuta.fidelity.StudyFidelity.Answer;
import karuta.fidelity.Verdict;
import karuta.study.file.StudyReader;

/**
 * Says of every arm of a study whether it is ModalPrompt.
 *
 * @param strategies what there is
 * @param terminal where it is told
 */
record StudyCheck(Strategies strategies, Terminal terminal) {

    /**
     * Checks a study; no model is loaded and no data is read but by the benchmark's list of tasks.
     *
     * @return the exit code: what is said of an arm is no failure
     * @throws karuta.study.file.StudyException if the study has mistakes
     */
    int check(Path study) {
        var plan = Planner.plan(strategies, StudyReader.read(study));
        new StudyFidelity(strategies).of(plan).forEach((arm, answer) -> terminal.say(arm + ": " + words(answer)));
        return 0;
    }

    static String words(Answer answer) {
        return answer instanceof Answer.Other other
                ? "not ModalPrompt: it is " + other.what() + "."
                : words(((Answer.Compared) answer).verdict());
    }

    private static String words(Verdict verdict) {
        if (!verdict.isModalPrompt()) {
            return verdict.findings().stream()
                    .map(Finding::text)
                    .map(StudyCheck::indented)
                    .collect(Collectors.joining("", "not ModalPrompt:", ""));
        }
        var seal = "is ModalPrompt; " + String.format(Locale.ROOT, "%,d", verdict.compared())
                + " numbers of the reference were met";
        return verdict.settings().isEmpty()
                ? seal + "."
                : verdict.settings().stream()
                        .map(Setting::text)
                        .map(StudyCheck::indented)
                        .collect(Collectors.joining("", seal + ". Settings of its own:", ""));
    }

    private static String indented(String text) {
        return "\n  " + text.replace("\n", "\n  ");
    }
}
