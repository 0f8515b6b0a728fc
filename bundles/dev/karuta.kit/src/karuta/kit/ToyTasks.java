package karuta.kit;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Sample;

/** Tasks without end: the i-th has its own tint, its own question and its own answer. */
public final class ToyTasks {

    private ToyTasks() {}

    /** The name of the i-th task. */
    public static String name(int i) {
        return "task" + i;
    }

    /** The first n samples of the i-th task; pictures differ a little, questions in their last word. */
    public static List<Sample> samples(int i, int n) {
        var tint = RandomStream.of(i, "tint");
        return IntStream.range(0, n).mapToObj(j -> sample(i, j, tint)).toList();
    }

    /** The name of the task, of the first 26, that a question is one of. */
    public static Optional<String> task(Query query) {
        var letter = query.instruction().charAt(0);
        return Optional.of(name(letter - 'a'));
    }

    private static Sample sample(int i, int j, RandomStream tint) {
        var noise = tint.fork(j);
        var picture = new ToyPicture(
                tint.below(200, 0) + noise.below(50, 0),
                tint.below(200, 1) + noise.below(50, 1),
                tint.below(200, 2) + noise.below(50, 2));
        var letter = (char) ('a' + i % 26);
        var question = String.valueOf(letter).repeat(3) + " " + j % 4 + "?";
        return new Sample("s" + j, new Query(Optional.of(picture), question), letter + "!");
    }
}
