package karuta.speed;

/** Who works. */
interface Runner extends AutoCloseable {

    Measurement read(Workload work);

    @Override
    void close();
}
