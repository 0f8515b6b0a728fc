package karuta.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
     * @param json whether scripts are told, and not people
     * @return the exit code: what is said of an arm is no failure
     * @throws karuta.study.file.StudyException if the study has mistakes
     */
    int check(Path study, boolean json) {
        var plan = Planner.plan(strategies, StudyReader.read(study));
        var answers = new StudyFidelity(strategies).of(plan);
        if (json) {
            terminal.say(json(answers));
        } else {
            answers.forEach((arm, answer) -> terminal.say(arm + ": " + words(answer)));
        }
        return 0;
    }

    /** A list of the arms, in the study's order. */
    static String json(Map<String, Answer> answers) {
        var arms = new ArrayList<Map<String, Object>>();
        answers.forEach((arm, answer) -> {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("arm", arm);
            fields.putAll(fields(answer));
            arms.add(fields);
        });
        return CheckCommand.JSON.toJson(arms);
    }

    private static Map<String, Object> fields(Answer answer) {
        var fields = new LinkedHashMap<String, Object>();
        if (answer instanceof Answer.Other other) {
            fields.put("modalPrompt", false);
            fields.put("is", other.what());
        } else {
            var verdict = ((Answer.Compared) answer).verdict();
            fields.put("modalPrompt", verdict.isModalPrompt());
            fields.put("compared", verdict.compared());
            fields.put(
                    "deviations",
                    verdict.findings().stream().map(StudyCheck::fields).toList());
            fields.put(
                    "settings",
                    verdict.settings().stream().map(StudyCheck::fields).toList());
        }
        return fields;
    }

    private static Map<String, Object> fields(Finding finding) {
        var deviation = finding.deviation();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("deviation", deviation.words());
        fields.put("what", finding.does());
        fields.put("section", deviation.section());
        fields.put("definition", deviation.says());
        fields.put("remedy", deviation.remedy());
        return fields;
    }

    private static Map<String, Object> fields(Setting setting) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("setting", setting.what());
        fields.put("defined", setting.defined());
        fields.put("actual", setting.actual());
        return fields;
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
