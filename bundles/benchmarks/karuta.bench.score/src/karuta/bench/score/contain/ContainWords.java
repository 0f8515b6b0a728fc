package karuta.bench.score.contain;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.bench.score.rule.PythonText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the words of the reference stand in the answer one after the other, whatever case and punctuation
 * around them: Karuta's own rule, which mends contain.coin, contain.cvit, contain.dcl, words.dcl and squeeze.acl.
 * An answer that lists everything is still right, so look at its length too.
 */
@Component(name = "contain.words", factory = Scorer.KIND)
@Designate(ocd = ContainWords.About.class)
@Paper("Karuta's own")
@Rule(family = "containment", of = "Karuta", usedBy = "any task with labels in sentences")
public final class ContainWords implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Containment of whole words",
            description = "Right if the words of the reference stand in the answer one after the other, whatever case"
                    + " and punctuation around them: Karuta's own rule, which mends contain.coin, contain.cvit, "
                    + "contain.dcl, words.dcl and squeeze.acl. An answer that lists everything is still right, so"
                    + " look at its length too.")
    public @interface About {}

    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]+$");

    @Override
    public double score(String answer, String reference) {
        var expected = words(reference);
        return Collections.indexOfSubList(words(answer), expected.isEmpty() ? List.of(reference) : expected) >= 0
                        || answer.equals(reference)
                ? 1
                : 0;
    }

    /** Without what stands around a word and is neither letter nor digit; what has none of these is no word. */
    private static List<String> words(String text) {
        return PythonText.words(PythonText.lower(text)).stream()
                .map(word -> AROUND.matcher(word).replaceAll(""))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
