package karuta.bench.score.caption;

import java.util.regex.Pattern;
import karuta.api.Sample;
import karuta.api.Scorer;

/** What ends a line for Stanford's tokeniser. */
final class LineEnds {

    private static final Pattern ANY = Pattern.compile("[\\n\\r\\x0b\\x0c\\x85\\u2028\\u2029]");

    private LineEnds() {}

    /** An answer and its references with spaces in their place. */
    static Scorer.Response without(Scorer.Response response) {
        var sample = response.sample();
        return new Scorer.Response(
                new Sample(
                        sample.id(),
                        sample.query(),
                        sample.references().stream().map(LineEnds::without).toList(),
                        sample.fields()),
                without(response.answer()));
    }

    private static String without(String text) {
        return ANY.matcher(text).replaceAll(" ");
    }
}
