package karuta.replay;

/** What a strategy, the data or a model does otherwise in the second of two runs. */
enum Fault {
    NONE,
    /** The selector has another default. */
    DEFAULT,
    /** A question of a training sample is another one. */
    TRAINING_DATA,
    /** A reference of a test sample is another one. */
    TEST_DATA,
    /** The training samples come the other way round. */
    DATA_ORDER,
    /** The backbone's fingerprint is another one. */
    FROZEN_WEIGHTS,
    /** The second stage's card begins elsewhere. */
    INITIAL_WEIGHTS,
    /** The second stage takes its samples the other way round. */
    BATCH,
    /** The loss is larger by its last bits in the second step of the second stage. */
    LOSS,
    /** The gradient is longer in the third step of the first stage. */
    GRADIENT,
    /** The second stage learns half as fast. */
    RATE,
    /** The learner keeps one more note after the second stage. */
    STATE,
    /** The worst card is taken instead of the best one. */
    SELECTION,
    /** No card is put in at inference. */
    FUSION,
    /** The backbone says more, once there are cards. */
    ANSWER,
    /** The rule gives half a point. */
    SCORE,
    /** The rule reads something else out of the answer. */
    PARSED,
    /** The tasks are scored by another rule, which gives the same numbers. */
    RULE
}
