package karuta.bench.score.ctb;

import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.PythonText;
import karuta.bench.score.rule.SampleScorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * By the field task, of what stands in the last answer tag: fomc and science compare letters from A to H, math a
 * letter, yes or no, a number or a text by what the reference is, numglue the last number, all others ask that the
 * answer holds the reference or is alike to 0.6 by difflib where that has more than 8 characters. "A cat" is read
 * as option A, an answer without a lone letter is right if the reference's letter is anywhere in it, and "north"
 * is right for "no".
 */
@Component(name = "ctb.v2", factory = Scorer.KIND)
@Designate(ocd = CtbV2.About.class)
@Paper("MLLM-CTBench, 2025 (yueluoshuangtian/MLLM-CTBench, commit 17d034b): _common_v2.py")
@Rule(family = "by kind of question", of = "MLLM-CTBench", usedBy = "all its tasks", needs = "task")
public final class CtbV2 implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "MLLM-CTBench, version 2",
            description = "By the field task, of what stands in the last answer tag: fomc and science "
                    + "compare letters from A to H, math a letter, yes or no, a number or a text by "
                    + "what the reference is, numglue the last number, all others ask that the answer"
                    + " holds the reference or is alike to 0.6 by difflib where that has more than 8 "
                    + "characters. \"A cat\" is read as option A, an answer without a lone letter is "
                    + "right if the reference's letter is anywhere in it, and \"north\" is right for "
                    + "\"no\".")
    public @interface About {}

    private static final String ID = "ctb.v2";

    @Override
    public Scores.Score score(Sample sample, String answer) {
        return TaggedAnswer.score(
                sample,
                answer,
                ID,
                (said, word) -> said.startsWith(word) || PythonText.words(said).contains(word));
    }
}
