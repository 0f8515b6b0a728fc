package karuta.speed;

/** Who works. */
interface Side extends AutoCloseable {

    Reading read(Work work);

    @Override
    void close();
}
