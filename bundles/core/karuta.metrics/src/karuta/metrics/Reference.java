package karuta.metrics;

/** What a definition may compare a run with: scores that other runs must tell. */
public enum Reference {
    /** Of a model that has learned this task and no other, from the same start. */
    INDEPENDENT,
    /** Of a model that has learned all tasks at once. */
    JOINT,
    /** Of a model that has learned nothing at all; a pretrained one is no such model. */
    UNTRAINED
}
