package karuta.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * The definitions of the field, each under an id of its own.
 *
 * <p>In the formulas {@code T} is the number of tasks, {@code R[i][j]} the score on task {@code j} after stage {@code i},
 * both from 1; {@code R[0]} is before training. Values have the unit of the scores. {@code J[j]}, {@code S[j]} and {@code
 * B[j]} are {@link References} that other runs tell: the score of joint training, of a model of its own for each task, and of
 * an untrained model.
 */
public enum Metric {
    /** Last, Mean Final Accuracy (MFN), ACC. */
    LAST(
            "last/gem",
            "Last (MFN)",
            "1/T sum_j R[T][j]",
            "Lopez-Paz & Ranzato, GEM, NeurIPS 2017; MCITlib, arXiv 2508.07307",
            true,
            AccuracyMatrix::complete,
            m -> Sums.mean(1, m.size(), m::last)),

    /** Mean Finetune Accuracy: plasticity. */
    MFT(
            "mft",
            "MFT",
            "1/T sum_j R[j][j]",
            "SEFE, arXiv 2505.02486; MCITlib, arXiv 2508.07307",
            true,
            AccuracyMatrix::sequential,
            m -> Sums.mean(1, m.size(), j -> m.at(j, j))),

    /** Mean Average Accuracy: the mean over stages of the mean over the tasks seen so far. */
    MAA(
            "maa",
            "MAA",
            "1/T sum_i 1/i sum_{j<=i} R[i][j]",
            "CoIN, arXiv 2403.08350; MCITlib, arXiv 2508.07307",
            true,
            AccuracyMatrix::sequential,
            m -> Sums.mean(1, m.size(), i -> Sums.mean(1, i, j -> m.at(i, j)))),

    /** Backward transfer. */
    BWT(
            "bwt/gem",
            "BWT",
            "1/(T-1) sum_{j<T} (R[T][j] - R[j][j])",
            "Lopez-Paz & Ranzato, GEM, NeurIPS 2017",
            true,
            Metric::hasPairs,
            m -> Sums.mean(1, m.size() - 1, j -> m.last(j) - m.at(j, j))),

    /** Backward transfer over all tasks, the last one too, of which nothing can be forgotten: {@code last - mft}. */
    BWT_COIN(
            "bwt/coin",
            "BWT (over all tasks)",
            "1/T sum_j (R[T][j] - R[j][j])",
            "CoIN, arXiv 2403.08350",
            true,
            Metric::hasPairs,
            m -> Sums.mean(1, m.size(), j -> m.last(j) - m.at(j, j))),

    /** Forgetting; negative where the last stage is the best. */
    FORGETTING(
            "fm/chaudhry",
            "Forgetting",
            "1/(T-1) sum_{j<T} (max_{j<=l<T} R[l][j] - R[T][j])",
            "Chaudhry et al., Riemannian Walk, ECCV 2018",
            false,
            Metric::hasPairs,
            m -> Sums.mean(1, m.size() - 1, j -> Sums.max(j, m.size() - 1, l -> m.at(l, j)) - m.last(j))),

    /** Forgetting whose maximum sees the last stage too: never negative. */
    FORGETTING_MAX(
            "fm/max-incl",
            "Forgetting (maximum with last)",
            "1/(T-1) sum_{j<T} (max_{j<=l<=T} R[l][j] - R[T][j])",
            "mammoth utils/metrics.py; PyCIL trainer.py; PILOT",
            false,
            Metric::hasPairs,
            m -> Sums.mean(1, m.size() - 1, j -> Sums.max(j, m.size(), l -> m.at(l, j)) - m.last(j))),

    /** Forgetting as first minus last: {@code -bwt/gem}. */
    FORGETTING_FIRST(
            "fm/first-last",
            "Forgetting (first minus last)",
            "1/(T-1) sum_{j<T} (R[j][j] - R[T][j])",
            "Avalanche forgetting_bwt.py",
            false,
            Metric::hasPairs,
            m -> Sums.mean(1, m.size() - 1, j -> m.at(j, j) - m.last(j))),

    /** Forgetting as LibContinual computes it: the last task but one is left out, its count kept. */
    FORGETTING_LIBCONTINUAL(
            "fm/libcontinual",
            "Forgetting (LibContinual)",
            "1/(T-1) sum_{j<=T-2} (R[j][j] - R[T][j])",
            "LibContinual compute_frgt",
            false,
            Metric::hasPairs,
            m -> Sums.sum(1, m.size() - 2, j -> m.at(j, j) - m.last(j)) / (m.size() - 1)),

    /** Accuracy over the lower triangle: weights cells, where MAA weights rows. */
    AREA(
            "acc_A",
            "Accuracy A",
            "2/(T(T+1)) sum_{i>=j} R[i][j]",
            "Diaz-Rodriguez et al., arXiv 1810.13166; continuum accuracy_A",
            true,
            AccuracyMatrix::sequential,
            m -> Sums.sum(1, m.size(), i -> Sums.sum(1, i, j -> m.at(i, j))) / Sums.pairs(m.size() + 1)),

    /** Backward transfer over all stages. */
    BWT_DIAZ(
            "bwt/diaz",
            "BWT (all stages)",
            "2/(T(T-1)) sum_{i>=2} sum_{j<i} (R[i][j] - R[j][j])",
            "Diaz-Rodriguez et al., arXiv 1810.13166; continuum backward_transfer",
            true,
            Metric::hasPairs,
            m -> Sums.sum(2, m.size(), i -> Sums.sum(1, i - 1, j -> m.at(i, j) - m.at(j, j))) / Sums.pairs(m.size())),

    /** Remembering. */
    REMEMBERING(
            "rem",
            "Remembering",
            "1 - |min(bwt/diaz, 0)|",
            "Diaz-Rodriguez et al., arXiv 1810.13166",
            true,
            Metric::hasPairs,
            m -> 1 + Math.min(BWT_DIAZ.formulaOf(m), 0)),

    /** Positive backward transfer. */
    BWT_POSITIVE(
            "bwt+",
            "BWT (positive part)",
            "max(bwt/diaz, 0)",
            "Diaz-Rodriguez et al., arXiv 1810.13166",
            true,
            Metric::hasPairs,
            m -> Math.max(BWT_DIAZ.formulaOf(m), 0)),

    /** Backward transfer as LibContinual defines it: the task just before is skipped. */
    BWT_LIBCONTINUAL(
            "bwt/libcontinual",
            "BWT (LibContinual)",
            "2/(T(T-1)) sum_{i>=3} sum_{j<=i-2} (R[i][j] - R[j][j])",
            "LibContinual README, equation 2",
            true,
            Metric::hasPairs,
            m -> Sums.sum(3, m.size(), i -> Sums.sum(1, i - 2, j -> m.at(i, j) - m.at(j, j))) / Sums.pairs(m.size())),

    /** Forward transfer against the model before training, which for a pretrained model is its zero-shot skill. */
    FWT(
            "fwt/zs",
            "FWT",
            "1/(T-1) sum_{j>=2} (R[j-1][j] - R[0][j])",
            "Lopez-Paz & Ranzato, GEM, NeurIPS 2017, with the zero-shot score as baseline",
            true,
            Metric::hasPairs,
            m -> Sums.mean(2, m.size(), j -> m.at(j - 1, j) - m.at(0, j))),

    /** Forward transfer without a baseline. */
    FWT_CONTINUUM(
            "fwt/continuum",
            "FWT (no baseline)",
            "1/(T-1) sum_{j>=2} R[j-1][j]",
            "continuum forward_transfer",
            true,
            Metric::hasPairs,
            m -> Sums.mean(2, m.size(), j -> m.at(j - 1, j))),

    /** What is kept of the zero-shot skill on tasks not learned yet. */
    TRANSFER(
            "transfer/mtil",
            "Transfer (MTIL)",
            "mean_{j>=2} mean_{1<=i<j} R[i][j]",
            "Zheng et al., ZSCL, arXiv 2303.06628",
            true,
            Metric::hasPairs,
            m -> Sums.mean(2, m.size(), j -> Sums.mean(1, j - 1, i -> m.at(i, j)))),

    /** The mean of all cells after training, seen or not; not MAA. */
    AVERAGE(
            "average/mtil",
            "Average (MTIL)",
            "mean_{i>=1,j} R[i][j]",
            "Zheng et al., ZSCL, arXiv 2303.06628",
            true,
            AccuracyMatrix::sequential,
            m -> Sums.mean(1, m.size(), i -> Sums.mean(1, m.size(), j -> m.at(i, j)))),

    /** The mean of the last row under the name that MTIL gives it. */
    LAST_MTIL(
            "last/mtil",
            "Last (MTIL)",
            "1/T sum_j R[T][j]",
            "Zheng et al., ZSCL, arXiv 2303.06628",
            true,
            AccuracyMatrix::complete,
            m -> Sums.mean(1, m.size(), m::last)),

    /** Forward transfer against an untrained model, as GEM has it. */
    FWT_GEM(
            "fwt/gem",
            "FWT (GEM)",
            "1/(T-1) sum_{j>=2} (R[j-1][j] - B[j])",
            "Lopez-Paz & Ranzato, GEM, NeurIPS 2017",
            true,
            Set.of(Reference.UNTRAINED),
            Metric::hasPairs,
            (m, r) -> Sums.mean(2, m.size(), j -> m.at(j - 1, j) - r.of(Reference.UNTRAINED, m.task(j)))),

    /** Forward transfer as what earlier tasks add to learning; less intransigence. */
    FWT_INDEPENDENT(
            "fwt/independent",
            "FWT (CLArena)",
            "1/(T-1) sum_{j>=2} (R[j][j] - S[j])",
            "CLArena cl_full_eval.py",
            true,
            Set.of(Reference.INDEPENDENT),
            Metric::hasPairs,
            (m, r) -> Sums.mean(2, m.size(), j -> m.at(j, j) - r.of(Reference.INDEPENDENT, m.task(j)))),

    /** Forgetting ratio: 0 is as good as joint training, -1 as bad as no training. */
    FORGETTING_RATIO(
            "fr",
            "Forgetting ratio",
            "1/T sum_j (R[T][j] - B[j]) / (J[j] - B[j]) - 1",
            "CLArena",
            true,
            Set.of(Reference.JOINT, Reference.UNTRAINED),
            AccuracyMatrix::complete,
            (m, r) -> Sums.mean(1, m.size(), j -> {
                        var untrained = r.of(Reference.UNTRAINED, m.task(j));
                        return (m.last(j) - untrained) / (r.of(Reference.JOINT, m.task(j)) - untrained);
                    })
                    - 1);

    private final String id;
    private final String title;
    private final String formula;
    private final String source;
    private final boolean higherIsBetter;
    private final Set<Reference> needs;
    private final Predicate<AccuracyMatrix> defined;
    private final ToDoubleBiFunction<AccuracyMatrix, References> value;

    Metric(
            String id,
            String title,
            String formula,
            String source,
            boolean higherIsBetter,
            Predicate<AccuracyMatrix> defined,
            ToDoubleFunction<AccuracyMatrix> value) {
        this(id, title, formula, source, higherIsBetter, Set.of(), defined, (m, r) -> value.applyAsDouble(m));
    }

    Metric(
            String id,
            String title,
            String formula,
            String source,
            boolean higherIsBetter,
            Set<Reference> needs,
            Predicate<AccuracyMatrix> defined,
            ToDoubleBiFunction<AccuracyMatrix, References> value) {
        this.id = id;
        this.title = title;
        this.formula = formula;
        this.source = source;
        this.higherIsBetter = higherIsBetter;
        this.needs = Set.copyOf(needs);
        this.defined = defined;
        this.value = value;
    }

    /** What every table shows unless it is asked for something else; {@code last = mft + (T-1)/T bwt} lets a reader check. */
    public static List<Metric> defaults() {
        return List.of(LAST, MFT, MAA, BWT, FORGETTING);
    }

    /** The definition with an id. */
    public static Optional<Metric> of(String id) {
        return Arrays.stream(values()).filter(metric -> metric.id.equals(id)).findAny();
    }

    /** Names the definition wherever a number of it is shown. */
    public String id() {
        return id;
    }

    /** What to call it in a heading. */
    public String title() {
        return title;
    }

    /** As plain text. */
    public String formula() {
        return formula;
    }

    /** Paper or code that defines it so. */
    public String source() {
        return source;
    }

    /** Whether more is better; of forgetting it is not. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** What other runs must tell; mostly nothing. */
    public Set<Reference> needs() {
        return needs;
    }

    /** Its value without references. */
    public OptionalDouble of(AccuracyMatrix matrix) {
        return of(matrix, References.NONE);
    }

    /**
     * Its value, or nothing where it has no meaning (transfer with a single task, forgetting in joint training), needs a cell
     * that was not evaluated or a reference that is not known, or divides by zero.
     */
    public OptionalDouble of(AccuracyMatrix matrix, References references) {
        var result = defined.test(matrix) ? value.applyAsDouble(matrix, references) : Double.NaN;
        return Double.isFinite(result) ? OptionalDouble.of(result) : OptionalDouble.empty();
    }

    private double formulaOf(AccuracyMatrix matrix) {
        return value.applyAsDouble(matrix, References.NONE);
    }

    private static boolean hasPairs(AccuracyMatrix matrix) {
        return matrix.sequential() && matrix.size() > 1;
    }
}
