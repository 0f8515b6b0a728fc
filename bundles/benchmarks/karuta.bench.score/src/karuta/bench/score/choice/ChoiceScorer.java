package karuta.bench.score.choice;

import java.util.Locale;
import java.util.regex.Pattern;
import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.bench.score.equal.ExactScorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Judges multiple choice. If the reference is an option's letter, A to E, the answer's letter is read as CoIN reads it:
 * the answer is a letter; or it begins with one, a full stop and a space; or its first word of one character is taken,
 * in upper case. If the reference is an option's text, the answer must be the same text (see {@link ExactScorer}).
 */
@Component(name = "choice", factory = Scorer.KIND)
@Designate(ocd = ChoiceScorer.About.class)
@Paper("Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its scorer of ScienceQA")
@Rule(family = "multiple choice", of = "Karuta", usedBy = "any multiple choice")
public final class ChoiceScorer implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Multiple choice",
            description = "Reads an option's letter as choice.coin does, once white space at both ends is gone, and "
                    + "compares as exact does where the reference is a text: Karuta's own rule. The article in \"A"
                    + " cat\" is read as option A.")
    public @interface About {}

    private static final Pattern LETTER = Pattern.compile("[A-E]");
    private static final Pattern LISTED = Pattern.compile("([A-E])\\. .*", Pattern.DOTALL);
    private static final Pattern ALONE = Pattern.compile("\\b\\w\\b", Pattern.UNICODE_CHARACTER_CLASS);

    private final ExactScorer exact = new ExactScorer();

    @Override
    public double score(String answer, String reference) {
        var expected = reference.strip();
        if (!LETTER.matcher(expected).matches()) {
            return exact.score(answer, reference);
        }
        return letter(answer.strip()).equals(expected) ? 1 : 0;
    }

    private static String letter(String answer) {
        if (LETTER.matcher(answer).matches()) {
            return answer;
        }
        var listed = LISTED.matcher(answer);
        if (listed.matches()) {
            return listed.group(1);
        }
        var alone = ALONE.matcher(answer);
        return alone.find() ? alone.group().toUpperCase(Locale.ROOT) : "";
    }
}
