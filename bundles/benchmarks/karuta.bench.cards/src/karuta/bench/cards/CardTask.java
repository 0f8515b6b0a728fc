package karuta.bench.cards;

/** A task of the embedded benchmark. */
sealed interface CardTask permits SteadyTask, PairTask {

    /** Its name in studies. */
    String id();

    /** What the sample of a number is drawn from. */
    Recipe recipe(int index);

    /** How its answers are given; no question says so. */
    Convention convention();

    /** The id of its scorer. */
    String scorer();
}
