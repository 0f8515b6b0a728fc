package my.lab.bigrams;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Dice's coefficient of the sets of letter pairs, with a blank before and after the text: {@code 2 |A and B| / (|A| + |B|)}. */
@Component(name = "bigrams", factory = Scorer.KIND)
@Designate(ocd = Bigrams.About.class)
@Rule(family = "overlap", of = "my.lab", usedBy = "nobody yet")
@Paper("Dice: Measures of the Amount of Ecologic Association Between Species, Ecology 1945")
public final class Bigrams implements ReferenceScorer {

    @ObjectClassDefinition(description = "How many pairs of letters answer and reference share. Counts no pair twice.")
    public @interface About {}

    @Override
    public double score(String answer, String reference) {
        var given = pairs(answer);
        var expected = pairs(reference);
        var shared = given.stream().filter(expected::contains).count();
        return given.equals(expected) ? 1 : 2.0 * shared / (given.size() + expected.size());
    }

    private static Set<String> pairs(String text) {
        var letters = " " + text.strip().toLowerCase(Locale.ROOT) + " ";
        return IntStream.range(1, letters.length())
                .mapToObj(i -> letters.substring(i - 1, i + 1))
                .collect(Collectors.toSet());
    }
}
