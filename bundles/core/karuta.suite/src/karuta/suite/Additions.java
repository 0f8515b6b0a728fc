package karuta.suite;

import java.util.List;
import karuta.samples.Entry;
import karuta.samples.Entry.Said;

/** Adds to questions what published test scripts add, or says that it is not added. */
final class Additions {

    private Additions() {}

    /** @param wanted whether anything is added */
    static Entry to(Entry entry, SuiteTask task, boolean wanted) {
        if (!wanted || task.additions().isEmpty()) {
            return entry;
        }
        return entry.with(entry.turns().stream().map(said -> to(said, task)).toList(), entry.fields());
    }

    private static Said to(Said said, SuiteTask task) {
        var question = new StringBuilder(said.question());
        task.additions().stream()
                .filter(addition -> addition.applies(said.answers().get(0)))
                .forEach(addition -> question.append(addition.text()));
        return new Said(question.toString(), said.answers());
    }

    /** A sentence for each. */
    static List<String> notes(SuiteTask task, boolean wanted) {
        return task.additions().stream()
                .map(addition -> "The test script of " + addition.by() + " adds \""
                        + addition.text().strip() + "\" to questions of task " + task.name()
                        + (addition.leaks() ? ", chosen by the right answer, whose kind it gives away" : "") + "; "
                        + (wanted ? "so it is here." : "it is not added here."))
                .toList();
    }
}
