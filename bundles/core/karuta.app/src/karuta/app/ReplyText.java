package karuta.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.use.ask.Reply;
import karuta.use.ask.RunnerUp;

/**
 * A reply for people.
 *
 * @param why whether the cards are told, too
 */
record ReplyText(boolean why) {

    List<String> lines(Reply reply) {
        if (reply instanceof Reply.Said said) {
            return lines(said.answer().text(), said.answer().selection());
        }
        if (reply instanceof Reply.Abstained abstained) {
            return lines(abstained.why().words(), abstained.selection());
        }
        return List.of(""); // in a file of answers, the next one stands where its reader counts on it
    }

    private List<String> lines(String text, Selection selection) {
        var lines = new ArrayList<String>();
        lines.add(text);
        if (why) {
            Columns.of(cards(selection)).forEach(row -> lines.add("  " + row));
        }
        return lines;
    }

    /** The best one first. */
    private static List<List<String>> cards(Selection selection) {
        var rows = new ArrayList<List<String>>();
        var picks = selection.picks();
        IntStream.range(0, picks.size())
                .mapToObj(i -> picks.get(picks.size() - 1 - i))
                .forEach(pick -> rows.add(List.of(pick.card().id(), score(pick), "taken")));
        RunnerUp.of(selection)
                .ifPresent(next -> rows.add(List.of(
                        next.pick().card().id(),
                        score(next.pick()),
                        "not taken"
                                + next.behind().stream()
                                        .mapToObj(behind -> String.format(Locale.ROOT, ", %.3f behind", behind))
                                        .findFirst()
                                        .orElse(""))));
        if (picks.isEmpty() && rows.isEmpty()) {
            rows.add(List.of("no card was taken", "", ""));
        } else if (!RunnerUp.scored(selection)) {
            rows.add(List.of("the pool's selector gives no scores", "", ""));
        } else if (selection.runnerUp().isEmpty()) {
            rows.add(List.of("no other card was compared", "", ""));
        }
        return rows;
    }

    private static String score(Pick pick) {
        return Double.isNaN(pick.score()) ? "" : String.format(Locale.ROOT, "%.3f", pick.score());
    }
}
