package karuta.metrics.statistics;

import java.util.Collection;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Two models on the same test samples, each of which both have answered right or wrong (McNemar, Psychometrika 12, 1947).
 *
 * <p>It is about the two trained models and the samples: that another seed would show the same it cannot tell.
 *
 * @param onlyFirst samples that the first alone got right
 * @param onlySecond samples that the second alone got right
 */
public record McNemar(int onlyFirst, int onlySecond) {

    private static final ChiSquaredDistribution ONE = ChiSquaredDistribution.of(1);

    /** By the binomial distribution; {@code p = 1} if they never differ. The statistic is the smaller count. */
    public Outcome exact() {
        var smaller = Math.min(onlyFirst, onlySecond);
        var both = onlyFirst + onlySecond;
        return new Outcome(
                smaller,
                both == 0
                        ? 1
                        : BinomialTest.withDefaults().test(both, onlyFirst, 0.5).getPValue());
    }

    /**
     * {@code (|b - c| - 1)^2 / (b + c)} by the chi squared distribution: with Edwards' continuity correction (Psychometrika
     * 13, 1948).
     */
    public Outcome corrected() {
        var both = onlyFirst + onlySecond;
        var apart = Math.abs(onlyFirst - onlySecond) - 1;
        return both == 0 ? new Outcome(0, 1) : chiSquared((double) apart * apart / both);
    }

    /**
     * The same question for several pairs of models on the same samples, one pair per seed: {@code (sum_k d_k)^2 / sum_k
     * d_k^2}, where {@code d_k} is how many more pairs the first got right on sample {@code k} (Durkalski et al., Statistics in
     * Medicine 22, 2003, for clusters of one size: a sample is a cluster). For one pair it is McNemar's without correction.
     *
     * @param bySample {@code d_k} of all samples
     */
    public static Outcome clustered(Collection<Integer> bySample) {
        var sum = bySample.stream().mapToLong(d -> d).sum();
        var squares = bySample.stream().mapToLong(d -> (long) d * d).sum();
        return squares == 0 ? new Outcome(0, 1) : chiSquared((double) sum * sum / squares);
    }

    private static Outcome chiSquared(double statistic) {
        return new Outcome(statistic, ONE.survivalProbability(statistic));
    }
}
