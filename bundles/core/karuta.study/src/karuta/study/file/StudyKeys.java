package karuta.study.file;

import java.util.List;

/** The keys of a study file, shared by its reader, its writer and its schema. */
final class StudyKeys {

    /** What every study must have. */
    static final List<String> EVERY = List.of("study");

    /** What a study that pretrains may have. */
    static final List<String> PRETRAINING = List.of("study", "seeds", "pretraining");

    /** What a study that compares arms must have. */
    static final List<String> COMPARING = List.of("backbone", "encoder", "benchmark", "arms");

    /** All that a study may have. */
    static final List<String> STUDY = List.of(
            "study",
            "seeds",
            "backbone",
            "encoder",
            "benchmark",
            "skipBad",
            "exemplarFree",
            "tasks",
            "orders",
            "watch",
            "training",
            "arms",
            "ablate",
            "sweep",
            "slurm",
            "pretraining");

    /** Orders that are drawn, by the key under which their number stands. */
    static final List<String> DRAWS = List.of("random", "latin");

    /** Of which an arm has exactly one. */
    static final List<String> LEARNERS = List.of("learner", "baseline");

    /** What a learner may be made of. */
    static final List<String> PARTS = List.of("pool", "selector", "fusion");

    /** What an arm may have. */
    static final List<String> ARM =
            List.of("analysis", "from", "learner", "baseline", "pool", "selector", "fusion", "over", "training");

    /** What an arm that another one goes over may have. */
    static final List<String> OVER = List.of("learner", "baseline", "pool", "selector", "fusion", "over");

    /** How training may be set. */
    static final List<String> TRAINING =
            List.of("rate", "steps", "epochs", "batch", "warmup", "clip", "decay", "betas");

    /** How Slurm may be told to carry out a study. */
    static final List<String> SLURM = List.of("tasks", "options");

    /** Of which bundle a strategy is to be, where several bring one of this kind and id. */
    static final String BUNDLE = "bundle";

    private StudyKeys() {}
}
