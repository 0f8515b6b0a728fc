package karuta.serve.feedback;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A question about an image, with what everybody says of its answers. Of one person the newest word counts.
 *
 * @param id of the sample
 * @param question asked
 * @param images paths in the task's folder
 * @param verdicts by who said it
 */
record Judged(String id, String question, List<String> images, Map<String, Verdict> verdicts) {

    /** What can be learned from it. */
    enum State {
        /** One answer is right, and nobody says otherwise. */
        LEARNABLE,
        /** People contradict each other. */
        DISPUTED,
        /** It is only known what is wrong. */
        UNANSWERED
    }

    Judged {
        images = List.copyOf(images);
        verdicts = new TreeMap<>(verdicts);
    }

    Judged with(Verdict verdict) {
        var all = new TreeMap<>(verdicts);
        all.put(verdict.who(), verdict);
        return new Judged(id, question, images, all);
    }

    State state() {
        var right = answers(true);
        if (right.isEmpty()) {
            return State.UNANSWERED;
        }
        return right.size() == 1 && !answers(false).containsAll(right) ? State.LEARNABLE : State.DISPUTED;
    }

    /** The answer to learn, if there is one that nobody contradicts. */
    Optional<String> answer() {
        return state() == State.LEARNABLE ? answers(true).stream().findFirst() : Optional.empty();
    }

    private List<String> answers(boolean approved) {
        return verdicts.values().stream()
                .filter(verdict -> verdict.approves() == approved)
                .map(Verdict::answer)
                .distinct()
                .collect(Collectors.toList());
    }
}
