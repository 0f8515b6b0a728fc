package karuta.api;

/** A complete method to compare with (sequential LoRA, replay, joint training, zero-shot): a learner of another shelf. */
public interface Baseline extends Learner {

    /** The factory of its components. */
    String KIND = "karuta.baseline";
}
