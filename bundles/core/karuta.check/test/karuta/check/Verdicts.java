package karuta.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import karuta.api.Fusion;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Selector;
import karuta.check.Made.Maker;
import karuta.kit.ToyCards;
import karuta.prompt.PromptLearner;
import karuta.tensor.CardSimilarity;

/** What a check says of strategies, and the faultless parts around a faulty one. */
final class Verdicts {

    private Verdicts() {}

    static Selector nearest() {
        return calls -> calls.top(2, CardSimilarity.text(calls));
    }

    static Fusion concat() {
        return ToyCards::concat;
    }

    static Report pool(Supplier<PromptPool> pool) {
        return Checks.ensemble("pool", playing(pool, Verdicts::nearest, Verdicts::concat), Optional.empty());
    }

    static Report selector(Supplier<Selector> selector) {
        return Checks.selector(
                "selector", Maker.of(selector), playing(PlainPool::new, selector, Verdicts::concat), Optional.empty());
    }

    static Report fusion(Supplier<Fusion> fusion, Optional<Ground> small) {
        return Checks.fusion("fusion", Maker.of(fusion), playing(PlainPool::new, Verdicts::nearest, fusion), small);
    }

    static Report learner(Supplier<Learner> learner) {
        return Checks.ensemble("learner", Ensemble.alone(Maker.of(learner)), Optional.empty());
    }

    static Report over(Supplier<Learner> wrapper, Supplier<Learner> below) {
        return Checks.ensemble("baseline", Ensemble.over(Maker.of(wrapper), Maker.of(below)), Optional.empty());
    }

    static Report playing(String name, Supplier<PromptPool> pool, Selector selector) {
        return Checks.ensemble(name, playing(pool, () -> selector, Verdicts::concat), Optional.empty());
    }

    private static Ensemble playing(Supplier<PromptPool> pool, Supplier<Selector> selector, Supplier<Fusion> fusion) {
        return Ensemble.playing(Maker.of(PromptLearner::new), Maker.of(pool), Maker.of(selector), Maker.of(fusion));
    }

    /** Nothing fails, and everything could be tried. */
    static void passes(Report report) {
        report.require();
    }

    /** Exactly one property fails, and its words name the fault. */
    static void fails(Report report, String property, String words) {
        fails(report, Set.of(property), property, words);
    }

    /** Exactly these properties fail, and the words of one name the fault. */
    static void fails(Report report, Set<String> properties, String property, String words) {
        var failed = new TreeSet<String>();
        report.failures().forEach(result -> failed.add(result.property()));
        assertEquals(new TreeSet<>(properties), failed, report::toString);
        var failure = report.failures().stream()
                .filter(result -> result.property().equals(property))
                .map(result -> (Outcome.Fails) result.outcome())
                .findFirst()
                .orElseThrow();
        assertTrue(failure.what().contains(words), failure::toString);
        assertTrue(!failure.where().isBlank() && !failure.remedy().isBlank(), failure::toString);
    }
}
