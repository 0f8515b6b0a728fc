package karuta.fidelity;

/** In what an arm may differ from ModalPrompt's definition. The sections are those of {@code modalprompt.md}. */
public enum Deviation {
    /** Rows that are no token's. */
    START_OUTSIDE_VOCABULARY(
            "prompt starts outside the vocabulary",
            "Training, 1",
            "P starts as copies of M randomly drawn rows of the token embeddings.",
            "Copy rows of backbone().embeddings()."),
    /** Two runs of one seed begin differently. */
    START_NOT_SEEDED(
            "prompt start not seeded",
            "Training, 1",
            "The rows and the transform are drawn with the run's seed.",
            "Draw from context().random(name)."),
    /** Not what PyTorch's Linear begins with. */
    TRANSFORM_START(
            "transform start",
            "Training, 1",
            "h starts as PyTorch's Linear does: all numbers uniform within 1/sqrt(d) around 0.",
            "Use karuta.tensor.Initial.uniform with 1/sqrt(d), weights and biases."),
    /** Other layers. */
    TRANSFORM_FORM(
            "transform of another form",
            "Symbols",
            "h is Linear(d, d), SiLU, Linear(d, c), with biases, and is trained.",
            "Train weights [d, d] and [c, d] and biases [d] and [c]."),
    /** One h for all tasks. */
    TRANSFORM_SHARED(
            "transform shared between tasks",
            "Symbols",
            "Every task has a transform h of its own.",
            "Make a new h when a stage begins."),
    /** Not the mean over the rows of h(P). */
    PROTOTYPE_FORM(
            "prototype of another form",
            "Symbols",
            "p is the mean over the M rows of h(P).",
            "Transform the rows of P, then take their mean."),
    /** A finished task's prototype is not that of its last weights. */
    PROTOTYPE_STALE(
            "prototype not of the trained prompt",
            "Inference",
            "p is computed once, when its task has been learned.",
            "Compute p in endStage, of P and h as they are then."),
    /** A finished task's prototype moves later. */
    PROTOTYPE_RECOMPUTED(
            "prototype recomputed later",
            "Inference",
            "p is constant after its task.",
            "Keep p with context().keep in endStage, and give the kept one."),
    /** h is run at inference. */
    PROTOTYPE_NOT_CACHED(
            "prototype not cached",
            "Inference",
            "p is stored, and h never runs at inference.",
            "Make the card once, in endStage, and give the same object every time."),
    /** An earlier prompt moves. */
    EARLIER_NOT_FROZEN(
            "earlier prompt not frozen",
            "Training, 5",
            "Every P of an earlier task is frozen.",
            "Let only the open prompt be trainable, and keep copies of the others."),
    /** An earlier prompt is written over when a task is opened. */
    EARLIER_OVERWRITTEN(
            "earlier prompt overwritten",
            "Known defects",
            "However many tasks there are, opening one changes nothing of the others.",
            "Give each prompt an array of its own, not rows that are counted by a digit of the task's number."),
    /** There is a last task. */
    TASKS_KNOWN(
            "number of tasks fixed beforehand",
            "Known defects",
            "The number of tasks is open.",
            "Make room for a task when its stage begins."),
    /** The open prompt stays. */
    PROMPT_NOT_TRAINED(
            "open prompt not trained",
            "Training, 5",
            "P and h of the task in training are trained.",
            "Give both in trainable(), and write nothing over them between the steps."),
    /** Something else moves. */
    MORE_TRAINED(
            "more is trained",
            "Training, 5",
            "P and h of the task in training are trained, and nothing else.",
            "Take the other parameters out of trainable()."),
    /** No alignment in the loss. */
    ALIGNMENT_DROPPED(
            "alignment loss dropped",
            "Training, 4",
            "The loss is that of the language model, plus 1 - mean cos(u, p), plus 1 - mean cos(v, p).",
            "Give both terms in losses()."),
    /** One of both is missing. */
    ALIGNMENT_ONE_SIDED(
            "alignment loss of one modality only",
            "Training, 4",
            "Both alignments are in the loss: with the image feature u and with the text feature v.",
            "Give both terms; the paper's printed equation, which has v in both, is a slip: its code has u and v."),
    /** Something else is there instead. */
    OBJECTIVE_OTHER(
            "another objective",
            "Training, 4",
            "The loss is that of the language model, plus 1 - mean cos(u, p), plus 1 - mean cos(v, p), weights 1 and 1.",
            "Compare the terms of losses() with it one by one."),
    /** The term is there and moves nothing. */
    ALIGNMENT_WITHOUT_GRADIENT(
            "alignment loss without gradient",
            "Training, 4 and 5",
            "The alignment loss trains h.",
            "Compute p with recording, of the parameters themselves; concat of one array and plain numbers cut gradients."),
    /** It trains h alone. */
    ALIGNMENT_NOT_THROUGH(
            "alignment loss does not reach the prompt",
            "Training, 5",
            "The alignment loss reaches P through h.",
            "Do not detach P before h."),
    /** Other than K. */
    K_OFF(
            "K off",
            "Inference, and Training, 2",
            "K prompts are used at once, at inference the best min(K, T), in training K - 1 earlier ones and the open one.",
            "Let the option k reach the choice, in training and at inference."),
    /** Weights exchanged. */
    LAMBDA_SWAPPED(
            "lambda swapped",
            "Guidance",
            "s = lambda cos(u, p) + (1 - lambda) cos(v, p): lambda weighs the image.",
            "Exchange the weights of image and text."),
    /** The option does not count. */
    LAMBDA_OFF(
            "lambda off",
            "Guidance",
            "s = lambda cos(u, p) + (1 - lambda) cos(v, p).",
            "Let the option lambda reach the score."),
    /** One modality decides. */
    ONE_MODALITY(
            "one modality only",
            "Guidance",
            "Image and text guide the choice together.",
            "Use the selector dual, or add the other modality's cosine."),
    /** Products, distances. */
    NOT_COSINE(
            "similarity not cosine",
            "Guidance",
            "The likeness of a feature to a prototype is their cosine.",
            "Divide by both lengths, or use karuta.tensor.CardSimilarity."),
    /** Nothing known. */
    CHOICE_OTHER(
            "another choice",
            "Guidance, and Inference",
            "The tasks with the highest s are taken.",
            "Choose with Selection.top by s."),
    /** By chance. */
    CHOICE_BY_CHANCE(
            "choice by chance",
            "Guidance",
            "The score of a task is a function of the sample's features and the prototype.",
            "Draw nothing; a feature that is absent is left out, not replaced by random numbers."),
    /** By sample 0. */
    CHOICE_BY_FIRST_SAMPLE(
            "selection for the whole batch by its first sample",
            "Guidance",
            "Scores are per sample: none may depend on the other samples of the batch.",
            "Choose for each sample by its own features."),
    /** By all of them. */
    CHOICE_BY_BATCH(
            "selection depends on the batch",
            "Guidance",
            "Scores are per sample: none may depend on the other samples of the batch.",
            "Take no mean, vote or normalisation over the batch."),
    /** The task id is used. */
    TASK_TOLD(
            "the task is told",
            "Inference",
            "There is no task id at inference, ever.",
            "Do not read Input.trueTask or Call.trueTask."),
    /** Order at inference or of earlier prompts in training. */
    ORDER(
            "order not ascending by similarity",
            "Inference, and Training, 2",
            "Chosen prompts stand in ascending order of score, the best one nearest to the text.",
            "Keep the order of Selection.top in selector and fusion."),
    /** The open prompt is not used. */
    CURRENT_MISSING(
            "current prompt not always used",
            "Training, 2",
            "The prompt in training is always used; it does not compete by its score.",
            "Use Selection.top, which gives trained cards their seats."),
    /** The open prompt is not last. */
    CURRENT_NOT_LAST(
            "current prompt not last",
            "Training, 2",
            "The prompt in training comes last, nearest to the text.",
            "Put the trained card at the end of the selection, and keep that order in the fusion."),
    /** Number of earlier prompts in training. */
    EARLIER_COUNT(
            "number of earlier prompts in training",
            "Training, 2",
            "In training K - 1 earlier prompts stand before the open one, all of them while there are fewer.",
            "Count the open prompt among the K."),
    /** Which earlier prompts in training. */
    EARLIER_CHOICE(
            "choice of earlier prompts in training",
            "Training, 2",
            "In training the K - 1 best earlier prompts of each sample are taken, by the same score as at inference.",
            "Use the same score in training."),
    /** Not a concatenation. */
    FUSION_OTHER(
            "fusion is no concatenation",
            "Training, 3, and Inference",
            "The chosen prompts are put in one after the other, as they are.",
            "Use the fusion concat."),
    /** Elsewhere. */
    PLACE_OTHER(
            "prompts elsewhere",
            "Training, 3",
            "Prompts are soft tokens right after BOS, at the input layer only.",
            "Give Insert.Tokens."),
    /** Cards that are no prompts. */
    NO_PROTOTYPE_PROMPT(
            "cards are no prototype prompts",
            "Symbols",
            "A task leaves one prompt P [M, d] and one prototype p [c], which image and text are both compared with.",
            "Use the pool prototype."),
    /** Everything seems right, and the numbers are not. */
    GOLDEN(
            "other numbers than the reference",
            "all",
            "releng/methods/modalprompt.py computes the definition in float64.",
            "Compare the equations one by one with modalprompt.md.");

    private final String words;
    private final String section;
    private final String says;
    private final String remedy;

    Deviation(String words, String section, String says, String remedy) {
        this.words = words;
        this.section = section;
        this.says = says;
        this.remedy = remedy;
    }

    /** Its name for people. */
    public String words() {
        return words;
    }

    /** Where the definition says otherwise. */
    public String section() {
        return section;
    }

    /** What the definition says, a sentence. */
    public String says() {
        return says;
    }

    /** How to get it, a sentence. */
    public String remedy() {
        return remedy;
    }
}
