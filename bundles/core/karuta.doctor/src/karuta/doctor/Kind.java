package karuta.doctor;

import karuta.suite.Fault;

/** Kinds of what is found, in the order in which they are told. */
public enum Kind {
    /** A file is not there, or there are two for one. */
    FILE("files that are not there, or too many", true),
    /** A file is no text or no JSON. */
    BROKEN("files that cannot be read", true),
    /** An element is no sample of its shape. */
    RECORD("elements that are no samples", true),
    /** Two test samples have one id. */
    TWICE("ids that stand twice", true),
    /** A file certainly does not hold what it should. */
    COUNT("files that do not hold what they should", true),
    /** A file beside the samples lacks what a sample needs. */
    SIDE("files beside the samples that do not fit them", true),
    /** An image's path leads out of its folder, or no file can be called so. */
    PATH("image paths that cannot be", true),
    /** An image is not there. */
    MISSING("images that are not there", true),
    /** An image cannot be decoded. */
    UNREADABLE("images that cannot be decoded", true),
    /** A test sample is trained on. */
    LEAK("test samples that are trained on", true),
    /** An answer is not of the form that the task's rule reads. */
    ANSWER("answers that the task's rule cannot read", true),
    /** Something that who uses the data must know. */
    NOTE("to be known", false),
    /** A folder beside those of the tasks belongs to none. */
    STRANGER("folders of no known task", false),
    /** A test image is trained on with another question. */
    SHARED("test images that are trained on with other questions", false),
    /** No sample names an image. */
    ORPHAN("images that no sample names", false);

    private final String title;
    private final boolean fault;

    Kind(String title, boolean fault) {
        this.title = title;
        this.fault = fault;
    }

    /** That of what the reader of a suite found. */
    static Kind of(Fault.Kind kind) {
        return switch (kind) {
            case FILE -> FILE;
            case BROKEN -> BROKEN;
            case RECORD -> RECORD;
            case TWICE -> TWICE;
            case IMAGE -> PATH;
            case SIDE -> SIDE;
            case COUNT -> COUNT;
        };
    }

    /** What these are, for a heading. */
    public String title() {
        return title;
    }

    /** Whether it must be mended before anything is learned. */
    public boolean isFault() {
        return fault;
    }
}
