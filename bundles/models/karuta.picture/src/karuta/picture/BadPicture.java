package karuta.picture;

/** Why a picture is not read: the end of a sentence that begins with the file's name. */
final class BadPicture extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final String GIVE_A_WHOLE_FILE =
            "Give a complete PNG, JPEG, WebP, GIF, BMP or TIFF file; a program that shows it can usually save it anew.";

    private final String remedy;

    /** Of a file that is damaged. */
    BadPicture(String reason) {
        this(reason, GIVE_A_WHOLE_FILE);
    }

    /**
     * @param reason what is wrong with it
     * @param remedy what to do about it
     */
    BadPicture(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }

    static BadPicture endsTooEarly() {
        return new BadPicture("it ends too early");
    }

    /** Of a file that is right, but of a kind that cannot be read here as Pillow reads it. */
    static BadPicture notRead(String what) {
        return new BadPicture(what + ", which is not read", "Save it as PNG.");
    }
}
