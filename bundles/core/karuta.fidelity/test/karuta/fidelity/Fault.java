package karuta.fidelity;

import java.util.Set;

/** Faults that are planted into an own ModalPrompt, and how each must be told. */
enum Fault {
    // the pool
    NORMAL_START("Prism: randn x 0.02", Deviation.START_OUTSIDE_VOCABULARY),
    UNSEEDED_START("official, MCITlib: numpy's generator before the seed", Deviation.START_NOT_SEEDED),
    WIDE_TRANSFORM("normal numbers", Deviation.TRANSFORM_START),
    NO_BIAS("layers without bias", Deviation.TRANSFORM_FORM),
    RELU("ReLU for SiLU", Deviation.PROTOTYPE_FORM),
    LAST_ROW("the last row for the mean", Deviation.PROTOTYPE_FORM),
    ONE_TRANSFORM("one h for all tasks", Deviation.TRANSFORM_SHARED),
    OLD_KEY("p from before the training", Deviation.PROTOTYPE_STALE),
    NEW_KEY("p with the h of a later task", Deviation.PROTOTYPE_RECOMPUTED),
    FRESH_CARDS("official, MCITlib: h on every forward", Deviation.PROTOTYPE_NOT_CACHED),
    ALL_TRAINED("official: a step of the optimiser reaches all rows", Deviation.EARLIER_NOT_FROZEN),
    LAST_DIGIT("official, MCITlib: rows by the last digit of the task", Deviation.EARLIER_OVERWRITTEN),
    EIGHT_TASKS("all three: room for a number of tasks", Deviation.TASKS_KNOWN),
    RESET("official, MCITlib: the last task's prompt is reset each step", Deviation.PROMPT_NOT_TRAINED),
    FROZEN("h alone is trained", Deviation.PROMPT_NOT_TRAINED),
    EXTRA("one more parameter", Deviation.MORE_TRAINED),
    NO_ALIGNMENT("Prism: computed, and never added", Deviation.ALIGNMENT_DROPPED),
    NO_GRADIENT("the term is a plain number", Deviation.ALIGNMENT_WITHOUT_GRADIENT),
    PROMPT_DETACHED("h of a detached P", Deviation.ALIGNMENT_NOT_THROUGH),
    TEXT_TWICE("the paper's printed equation", Deviation.ALIGNMENT_ONE_SIDED),
    IMAGE_ONLY_ALIGNED("no text term", Deviation.ALIGNMENT_ONE_SIDED),
    WRONG_SIGN("mean cos for 1 - mean cos", Deviation.OBJECTIVE_OTHER),
    WEIGHTS_EXCHANGED("the weights of both alignments", Deviation.OBJECTIVE_OTHER),
    HALF_GRADIENT("the optimiser gets another gradient than that of the loss", Deviation.GOLDEN),
    // the selector
    ONE_PROMPT("MCITlib, Prism: K = 1 whatever the option says", Deviation.K_OFF),
    EXCHANGED("lambda weighs the text", Deviation.LAMBDA_SWAPPED),
    EQUAL("all three: lambda 0.5 in the code", Deviation.LAMBDA_OFF),
    IMAGE_ONLY("image alone", Deviation.ONE_MODALITY),
    TEXT_ONLY("text alone", Deviation.ONE_MODALITY),
    DOT("dot products", Deviation.NOT_COSINE),
    DISTANCE("Euclidean distances", Deviation.NOT_COSINE),
    WORST("the least similar ones", Deviation.CHOICE_OTHER),
    FIRST_SAMPLE("Prism: guide_coef[0]", Deviation.CHOICE_BY_FIRST_SAMPLE),
    BATCH_MEAN("mean features of the batch", Deviation.CHOICE_BY_BATCH),
    RANDOM("any", Deviation.CHOICE_BY_CHANCE),
    RANDOM_TEXT("Prism: randn where there is no text", Deviation.CHOICE_BY_CHANCE),
    TOLD("the true task first, where it is told", Deviation.TASK_TOLD),
    DESCENDING("the best one first", Deviation.ORDER),
    BY_AGE("in the order of the tasks", Deviation.ORDER),
    COMPETES("the open prompt competes by its score", Deviation.CURRENT_MISSING),
    CURRENT_FIRST("the open prompt first", Deviation.CURRENT_NOT_LAST),
    K_EARLIER("K earlier ones and the open one", Deviation.EARLIER_COUNT),
    NEWEST("the newest earlier ones in training", Deviation.EARLIER_CHOICE),
    // the fusion
    SUMMED("the mean of the chosen prompts", Deviation.FUSION_OTHER),
    TURNED("the fusion turns the order round", Deviation.ORDER, Deviation.CURRENT_NOT_LAST),
    PREFIX("keys and values at a layer", Deviation.PLACE_OTHER);

    private final String words;
    private final Set<Deviation> deviations;

    Fault(String words, Deviation... deviations) {
        this.words = words;
        this.deviations = Set.of(deviations);
    }

    String words() {
        return words;
    }

    Set<Deviation> deviations() {
        return deviations;
    }
}
