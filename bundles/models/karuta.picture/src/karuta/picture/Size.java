package karuta.picture;

import java.util.function.Supplier;

/** The size that a file declares, looked at before anything is made of that size. */
record Size(int width, int height) {

    /** What a thread is reading may have so many pixels: readers meet a declared size in many places. */
    private static final ThreadLocal<Long> MOST = ThreadLocal.withInitial(() -> ImageFiles.MAX_PIXELS);

    /** Reads with another limit. */
    static <T> T within(long most, Supplier<T> reading) {
        MOST.set(most);
        try {
            return reading.get();
        } finally {
            MOST.remove();
        }
    }

    /** @throws BadPicture if there are no pixels, or too many */
    static Size of(long width, long height) {
        if (width < 1 || height < 1) {
            throw new BadPicture("it has no pixels (" + width + " x " + height + ")");
        }
        var most = MOST.get();
        if (width > most || height > most || width * height > most) {
            throw new BadPicture(
                    "it has " + width + " x " + height + " pixels", "Pictures may have up to " + most + "; shrink it.");
        }
        return new Size((int) width, (int) height);
    }

    int pixels() {
        return width * height;
    }

    /**
     * Refuses what cannot be there, before memory is taken for it.
     *
     * @param needed bytes of all rows
     * @param given bytes of compressed data
     * @param ratio how many bytes a byte of compressed data can become
     */
    static void requirePlausible(long needed, long given, long ratio) {
        if (needed > (given + 16) * ratio) {
            throw new BadPicture("its data are far too short for its size (" + given + " bytes for " + needed + ")");
        }
    }
}
