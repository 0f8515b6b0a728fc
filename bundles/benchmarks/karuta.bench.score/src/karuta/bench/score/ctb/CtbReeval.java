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
 * As ctb.v2, but for math with the reference yes or no: one of the first three words must be it. What is wrong
 * with ctb.v2 is wrong here, but "north" is not right for "no", and neither is a "no" that comes as the fourth
 * word.
 */
@Component(name = "ctb.reeval", factory = Scorer.KIND)
@Designate(ocd = CtbReeval.About.class)
@Paper(
        "MLLM-CTBench, 2025 (yueluoshuangtian/MLLM-CTBench, commit 17d034b): reeval_clmm.py, which made the matrix of its LLaVA half")
@Rule(
        family = "by kind of question",
        of = "MLLM-CTBench",
        usedBy = "all its tasks; the matrix of its LLaVA half",
        needs = "task")
public final class CtbReeval implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "MLLM-CTBench, as its LLaVA half was scored again",
            description = "As ctb.v2, but for math with the reference yes or no: one of the first three "
                    + "words must be it. What is wrong with ctb.v2 is wrong here, but \"north\" is "
                    + "not right for \"no\", and neither is a \"no\" that comes as the fourth word.")
    public @interface About {}

    private static final String ID = "ctb.reeval";
    private static final int FIRST = 3;

    @Override
    public Scores.Score score(Sample sample, String answer) {
        return TaggedAnswer.score(
                sample,
                answer,
                ID,
                (said, word) -> PythonText.words(said).stream().limit(FIRST).anyMatch(word::equals));
    }
}
