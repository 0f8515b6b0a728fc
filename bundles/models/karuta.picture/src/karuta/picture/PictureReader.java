package karuta.picture;

/** Reading of one kind of picture files. */
@FunctionalInterface
interface PictureReader {

    /**
     * Reads a picture, the first one of several.
     *
     * @param file the whole file
     * @throws BadPicture if Pillow would not read it, either, or would read something that cannot be told here
     * @throws java.nio.BufferUnderflowException if it ends too early
     */
    Stored read(byte[] file);
}
